import type { Brand } from "@rekey/contract/brand";
import { paths, tokenLink } from "@rekey/contract/paths";
import { originOf } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import { passwordChanged } from "@rekey/emails/password-changed";
import { readerOfNotice } from "@rekey/emails/reader";
import { slotEnd } from "@rekey/journal/notice-slots";
import type { PasswordChange } from "@rekey/journal/notices";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import type { Tokens } from "@rekey/tokens/tokens";
import { recoverable } from "./account-store.ts";

export interface ComposePasswordChangedMailDependencies {
  prisma: PrismaClient;
  tokens: Tokens;
  appUrl: string;
  brand: Brand;
}

/**
 * Composes `passwordChangedMail`. Its "it wasn't me" link is bound to the password that was set: it
 * dies with the next change. If that was before the email went out, there is no such link; if it was
 * within the slot that the email waited for, the notice of that change is enough.
 */
export function createComposePasswordChangedMail(
  dependencies: ComposePasswordChangedMailDependencies,
) {
  const { prisma, tokens, appUrl, brand } = dependencies;

  return async (
    { accountId, requester, changedAt }: PasswordChange,
    { id, acceptedAt, expiresAt, now }: AcceptedMail,
  ): Promise<Composition> => {
    const account = await prisma.account.findUnique({ where: { id: accountId } });
    if (account === null) return { status: "skip", reason: "no account" };
    async function secureLink(state: string): Promise<string> {
      const claims = { id, expiresAt, subject: accountId, state };
      const token = await tokens.issue("secure-account", claims);
      return tokenLink(appUrl, paths.secureAccount, token);
    }
    const at = changedAt === null ? acceptedAt : new Date(changedAt);
    const changedAgain = account.passwordChangedAt > at;
    // Only one that waited for the end of its slot: the first warnings of an hour are never held back.
    const waited = now >= slotEnd(at);
    if (waited && changedAgain && account.passwordChangedAt < slotEnd(at)) {
      return { status: "skip", reason: "a later change within minutes has an email of its own" };
    }
    const mail = passwordChanged(brand, readerOfNotice(account, requester), {
      name: account.name,
      url: appUrl + paths.forgotPassword,
      secureUrl: changedAgain ? null : await secureLink(recoverable(account).state),
      at,
      ...originOf(requester),
    });
    return { status: "send", recipient: account.email, accountId, mail };
  };
}
