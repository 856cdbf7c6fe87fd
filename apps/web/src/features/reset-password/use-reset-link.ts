import { useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "../../lib/trpc.ts";

/**
 * Whom a reset link is for and until when. It is asked once for each token and changes nothing, so
 * it is a query in all but its HTTP method, which keeps the token out of addresses and logs.
 */
export function useResetLink(token: string) {
  const trpc = useTRPCClient();
  return useQuery({
    queryKey: ["resetLink", token],
    queryFn: () => trpc.inspectResetToken.mutate({ token }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
