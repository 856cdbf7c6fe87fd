import type { Brand } from "@rekey/contract/brand";
import type { ResetMethod } from "@rekey/contract/reset-method";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import { resetCancelledMail } from "@rekey/journal/notices";
import { handleMail, type MailHandler } from "@rekey/outbox/mail-kind";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Codes } from "@rekey/tokens/codes";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import { createComposeResetCancelledMail } from "./compose-reset-cancelled-mail.ts";
import { createComposeResetMails } from "./compose-reset-mail.ts";
import { createInspectNotMe } from "./inspect-not-me.ts";
import { accountSecuredMail, resetMail } from "./mails.ts";
import type { ResetLimits } from "./open-resets.ts";
import { createRedeemCode } from "./redeem-code.ts";
import { createRequest } from "./request.ts";
import { createReset } from "./reset.ts";
import { createResetLinks } from "./reset-links.ts";
import { createSecure } from "./secure.ts";

export interface RecoveryDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  codes: Codes;
  outbox: Pick<Outbox, "enqueue" | "enqueueIn">;
  journal: Journal;
  now: () => Date;
  config: { appUrl: string; brand: Brand; limits: ResetLimits; method: ResetMethod };
}

export type Recovery = ReturnType<typeof createRecovery>;

/** Account recovery by mail: request, deliver, inspect, reset, cancel. */
export function createRecovery(dependencies: RecoveryDependencies) {
  const { prisma, accounts, tokens, codes, outbox, journal, now, config } = dependencies;
  const { appUrl, brand, limits } = config;
  const links = createResetLinks({ tokens, accounts, appUrl });
  const { composeReset, composeSecured } = createComposeResetMails({
    prisma,
    accounts,
    links,
    codes,
    journal,
    now,
    ...config,
  });
  const mails: MailHandler[] = [
    handleMail(resetMail, composeReset),
    handleMail(accountSecuredMail, composeSecured),
    handleMail(
      resetCancelledMail,
      createComposeResetCancelledMail({ prisma, accounts, appUrl, brand }),
    ),
  ];

  return {
    request: createRequest({
      outbox,
      codes: config.method === "link" ? null : codes,
      linkLife: limits.linkLife,
      now,
    }),
    redeemCode: createRedeemCode({ prisma, codes, links, now }),
    ...createReset({ prisma, accounts, links, journal }),
    inspectNotMe: createInspectNotMe({ prisma, accounts, tokens, links }),
    secure: createSecure({
      prisma,
      accounts,
      tokens,
      outbox,
      journal,
      linkLife: limits.linkLife,
    }),
    /** For the worker. */
    mails,
  };
}
