import type { Brand } from "@rekey/contract/brand";
import type { PrismaClient } from "@rekey/db/client";
import { handleMail, type MailHandler } from "@rekey/outbox/mail-kind";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import { createComposeResetMail } from "./compose-reset-mail.ts";
import { resetMail } from "./mails.ts";
import type { ResetLimits } from "./open-resets.ts";
import { createRequest } from "./request.ts";
import { createReset } from "./reset.ts";
import { createResetLinks } from "./reset-links.ts";

export interface RecoveryDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  outbox: Pick<Outbox, "enqueue">;
  now: () => Date;
  config: { appUrl: string; brand: Brand; limits: ResetLimits };
}

export type Recovery = ReturnType<typeof createRecovery>;

/** Account recovery by mail: request, deliver, inspect, reset, cancel. */
export function createRecovery(dependencies: RecoveryDependencies) {
  const { prisma, accounts, tokens, outbox, now, config } = dependencies;
  const links = createResetLinks({ tokens, accounts });
  const composeResetMail = createComposeResetMail({ prisma, accounts, tokens, now, ...config });
  const mails: MailHandler[] = [handleMail(resetMail, composeResetMail)];

  return {
    request: createRequest({ outbox, linkLife: config.limits.linkLife }),
    ...createReset({ prisma, accounts, links }),
    /** For the worker. */
    mails,
  };
}
