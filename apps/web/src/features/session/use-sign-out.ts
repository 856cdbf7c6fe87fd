import { paths } from "@rekey/contract/paths";
import { useNavigate } from "react-router-dom";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";
import { useSetAccount } from "./use-account.ts";

/** Ends this browser's session and leads to the home page, which says so. */
export function useSignOut() {
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const setAccount = useSetAccount();
  return useCall(async () => {
    await trpc.signOut.mutate();
    const state: NavigationState = { flash: { kind: "signedOut" } };
    await navigate(paths.home, { state, replace: true });
    setAccount(null);
  });
}
