import { paths } from "@rekey/contract/paths";
import { useNavigate } from "react-router-dom";
import { rememberAskedAddress } from "../../lib/asked-address.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useTRPCClient } from "../../lib/trpc.ts";

/** Handles that are kept: more than requests in a row that lead to no email of their own. */
const KEPT = 3;

/** Asks for a reset, and goes where one waits for the mail. */
export function useRequestReset() {
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const { resetTokenTtl } = usePageConfig();
  /** `earlier`: the handles of requests before this one, for the same address. */
  return async (email: string, earlier?: readonly string[]) => {
    const { request } = await trpc.requestReset.mutate({ email });
    rememberAskedAddress(email, resetTokenTtl);
    const requests = [...(request === undefined ? [] : [request]), ...(earlier ?? [])].slice(
      0,
      KEPT,
    );
    const state: NavigationState = {
      sent: { kind: "reset", email, sentAt: Date.now(), requests },
    };
    await navigate(paths.checkMail, { state, replace: earlier !== undefined });
  };
}
