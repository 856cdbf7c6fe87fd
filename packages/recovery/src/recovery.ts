import type { Audit } from "@rekey/audit/audit";
import type { Brand } from "@rekey/contract/brand";
import type { PrismaClient } from "@rekey/db/client";
import type { Publish } from "@rekey/events/event";
import { handleMail, type MailHandler } from "@rekey/outbox/mail-kind";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import { createComposeResetCancelledMail } from "./compose-reset-cancelled-mail.ts";
import { createComposeResetMail } from "./compose-reset-mail.ts";
import { resetCancelledMail, resetMail } from "./mails.ts";
import type { ResetLimits } from "./open-resets.ts";
import { createRequest } from "./request.ts";
import { createReset } from "./reset.ts";
import { createResetLinks } from "./reset-links.ts";
import { createSecure } from "./secure.ts";

export interface RecoveryDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  outbox: Pick<Outbox, "enqueue" | "enqueueIn">;
  audit: Audit;
  /** Tells who integrates Rekey. */
  publish: Publish;
  now: () => Date;
  config: { appUrl: string; brand: Brand; limits: ResetLimits };
}

export type Recovery = ReturnType<typeof createRecovery>;

/** Account recovery by mail: request, deliver, inspect, reset, cancel. */
export function createRecovery(dependencies: RecoveryDependencies) {
  const { prisma, accounts, tokens, outbox, audit, publish, now, config } = dependencies;
  const { appUrl, brand, limits } = config;
  const links = createResetLinks({ tokens, accounts });
  const composeResetMail = createComposeResetMail({
    prisma,
    accounts,
    tokens,
    audit,
    now,
    ...config,
  });
  const mails: MailHandler[] = [
    handleMail(resetMail, composeResetMail),
    handleMail(
      resetCancelledMail,
      createComposeResetCancelledMail({ prisma, accounts, appUrl, brand }),
    ),
  ];

  return {
    request: createRequest({ outbox, linkLife: limits.linkLife }),
    ...createReset({ prisma, accounts, links, outbox, audit, publish }),
    secure: createSecure({
      prisma,
      accounts,
      tokens,
      outbox,
      audit,
      publish,
      linkLife: limits.linkLife,
    }),
    /** For the worker. */
    mails,
  };
}
