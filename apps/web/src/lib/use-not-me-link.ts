import type { TokenReason } from "@rekey/contract/reasons";
import { useQuery } from "@tanstack/react-query";
import { tokenReason } from "./call-failure.ts";
import { useTRPCClient } from "./trpc.ts";

/** What is known of an "it wasn't me" link before its button is pressed. */
export interface NotMeLink {
  isPending: boolean;
  /** Masked; null where nobody says, which keeps no one from pressing the button. */
  email: string | null;
  refused: TokenReason | null;
}

/** Asks which account a link is about. Changes nothing, so it is a query in all but its HTTP method. */
export function useNotMeLink(token: string | null): NotMeLink {
  const trpc = useTRPCClient();
  const { data, error, isLoading } = useQuery({
    queryKey: ["notMeLink", token],
    queryFn: () => trpc.inspectNotMeToken.mutate({ token: token ?? "" }),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return { isPending: isLoading, email: data?.email ?? null, refused: tokenReason(error) };
}
