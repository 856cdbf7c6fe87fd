import type { Accounts } from "@rekey/accounts/accounts";
import type { PasswordPolicy } from "@rekey/contract/password";
import { createInputs } from "@rekey/contract/procedures";
import type { Recovery } from "@rekey/recovery/recovery";
import { accountProcedures } from "./account-procedures.ts";
import type { Limits } from "./limits.ts";
import { recoveryProcedures } from "./recovery-procedures.ts";
import { router } from "./trpc.ts";

export interface ApiServices {
  accounts: Accounts;
  recovery: Recovery;
  limits: Limits;
  passwordPolicy: PasswordPolicy;
}

/** The whole API. Its type is all that a client needs to import. */
export function createAppRouter({ accounts, recovery, limits, passwordPolicy }: ApiServices) {
  const inputs = createInputs(passwordPolicy);
  return router({
    ...accountProcedures(accounts, inputs, limits),
    ...recoveryProcedures(recovery, inputs, limits),
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;
