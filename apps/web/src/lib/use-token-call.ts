import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { tokenReason } from "./call-failure.ts";
import { useForgetToken } from "./fragment-token-context.tsx";
import { useCall } from "./use-call.ts";

/**
 * Spends the token of a link at the press of a button. `outcome` is null before, then what `send`
 * resolved to, or why the token was refused. Every other failure is among `problems`.
 */
export function useTokenCall<Done extends string>(send: (token: string) => Promise<Done>) {
  const [outcome, setOutcome] = useState<Done | TokenReason | null>(null);
  const forget = useForgetToken();
  const { run, busy, problems } = useCall(async (token: string) => {
    try {
      const done = await send(token);
      forget();
      setOutcome(done);
    } catch (error) {
      const reason = tokenReason(error);
      if (reason === null) throw error;
      setOutcome(reason);
    }
  });
  return { outcome, run, busy, problems };
}
