import { paths } from "@rekey/contract/paths";
import { useNavigate } from "react-router-dom";
import { rememberAskedAddress } from "../../lib/asked-address.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useTRPCClient } from "../../lib/trpc.ts";

/** Asks for a reset, and goes where one waits for the mail. */
export function useRequestReset() {
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const { resetTokenTtl } = usePageConfig();
  return async (email: string, { replace = false } = {}) => {
    await trpc.requestReset.mutate({ email });
    rememberAskedAddress(email, resetTokenTtl);
    const state: NavigationState = { sent: { kind: "reset", email, sentAt: Date.now() } };
    await navigate(paths.checkMail, { state, replace });
  };
}
