import { paths, tokenLink } from "@rekey/contract/paths";
import type { PasswordReset, PrismaClient } from "@rekey/db/client";
import { resetPassword } from "@rekey/emails/reset-password";
import type { AttemptResult } from "@rekey/mail/jobs";
import type { SendMail } from "@rekey/mail/send-attempt";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore, RecoverableAccount } from "./account-store.ts";
import { openReset, type ResetLimits } from "./open-reset.ts";

export interface DeliverDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  sendMail: SendMail;
  limits: ResetLimits;
  appUrl: string;
  now: () => Date;
}

/**
 * Works on `resetMail`: looks the account up, opens the link, derives its token from the job's id,
 * renders and sends. A second run of the same job sends the same link under the same Message-ID.
 */
export function createDeliver(dependencies: DeliverDependencies) {
  const { prisma, accounts, tokens, sendMail, limits, appUrl, now } = dependencies;

  async function links(account: RecoverableAccount, reset: PasswordReset) {
    const claims = {
      id: reset.id,
      subject: account.id,
      issuedAt: reset.requestedAt,
      expiresAt: reset.expiresAt,
      state: reset.accountState,
    };
    const [token, cancelToken] = await Promise.all([
      tokens.issue("reset-password", claims),
      tokens.issue("cancel-reset", claims),
    ]);
    return {
      url: tokenLink(appUrl, paths.resetPassword, token),
      cancelUrl: tokenLink(appUrl, paths.notMe, cancelToken),
    };
  }

  return async (id: string, email: string, requestedAt: Date): Promise<AttemptResult> => {
    const opened = await prisma.$transaction(async (tx) => {
      const account = await accounts.findByEmail(tx, email);
      if (account === null) return { outcome: "no account" } as const;
      return {
        account,
        ...(await openReset(tx, { id, account, requestedAt, limits, now: now() })),
      };
    });
    if (opened.outcome !== "opened") return { status: "done", result: { outcome: opened.outcome } };

    const { account, reset } = opened;
    const mail = resetPassword({
      name: account.name,
      ...(await links(account, reset)),
      expiresIn: remainingLife(reset.expiresAt, limits.linkLife, now()),
    });
    return sendMail(id, account.email, mail);
  };
}

/**
 * What the mail says a link lives, in seconds: the full life when it is sent at once, whole minutes
 * of what is left when it was held up.
 */
function remainingLife(expiresAt: Date, linkLife: number, now: Date): number {
  const remaining = (expiresAt.getTime() - now.getTime()) / 1000;
  return linkLife - remaining < 60 ? linkLife : Math.max(60, Math.floor(remaining / 60) * 60);
}
