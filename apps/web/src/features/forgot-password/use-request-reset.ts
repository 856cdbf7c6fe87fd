import { paths } from "@rekey/contract/paths";
import { useNavigate } from "react-router-dom";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";

/** Asks for a reset, and goes to sign-in to say where to look. */
export function useRequestReset() {
  const send = useSendResetRequest();
  return useCall(send);
}

export function useSendResetRequest() {
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  return async (email: string) => {
    await trpc.requestReset.mutate({ email });
    const state: NavigationState = {
      email,
      flash: { kind: "resetRequested", email, sentAt: Date.now() },
    };
    await navigate(paths.signIn, { state, replace: true });
  };
}
