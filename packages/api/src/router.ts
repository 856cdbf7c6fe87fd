import type { Accounts } from "@rekey/accounts/accounts";
import type { PasswordPolicy } from "@rekey/contract/password";
import { createInputs } from "@rekey/contract/procedures";
import type { Recovery } from "@rekey/recovery/recovery";
import { accountProcedures } from "./account-procedures.ts";
import type { Limits } from "./limits.ts";
import { recoveryProcedures } from "./recovery-procedures.ts";
import { router } from "./trpc.ts";

export interface ApiServices {
  /** Null: there is recovery alone. */
  accounts: Accounts | null;
  recovery: Recovery;
  limits: Limits;
  passwordPolicy: PasswordPolicy;
}

function everything(accounts: Accounts, { recovery, limits, passwordPolicy }: ApiServices) {
  const inputs = createInputs(passwordPolicy);
  return router({
    ...accountProcedures(accounts, inputs, limits),
    ...recoveryProcedures(recovery, inputs, limits),
  });
}

/** The whole API. Its type is all that a client needs to import. */
export function createAppRouter(services: ApiServices): AppRouter {
  const { accounts, recovery, limits, passwordPolicy } = services;
  if (accounts !== null) return everything(accounts, services);
  // Clients share one type; to them the procedures of accounts are unknown ones here.
  const inputs = createInputs(passwordPolicy);
  return router(recoveryProcedures(recovery, inputs, limits)) as unknown as AppRouter;
}

export type AppRouter = ReturnType<typeof everything>;
