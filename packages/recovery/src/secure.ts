import { randomUUID } from "node:crypto";
import type { TokenReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import { accountSecuredMail } from "./mails.ts";

export type SecureOutcome = { status: "secured" } | { status: "refused"; reason: TokenReason };

export interface SecureDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  outbox: Pick<Outbox, "enqueueIn">;
  journal: Journal;
  /** Seconds a reset link lives. */
  linkLife: number;
}

/**
 * "It wasn't me", from the mail that told of a new password. In one transaction: the password is taken
 * away, every session ends, and a reset for the same mailbox begins, which no limit holds up. The
 * token is bound to the password that was set, so it works once, and not after the next change.
 */
export function createSecure(dependencies: SecureDependencies) {
  const { prisma, accounts, tokens, outbox, journal, linkLife } = dependencies;
  const used = { status: "refused", reason: "TOKEN_USED" } as const;

  return async (token: string, requester: Requester): Promise<SecureOutcome> => {
    const verdict = await tokens.verify("secure-account", token);
    if (verdict.status === "refused") return verdict;
    const { subject: accountId = "", state } = verdict.claims;
    return prisma.$transaction(async (tx): Promise<SecureOutcome> => {
      const account = await accounts.findById(tx, accountId);
      if (account === null || account.state !== state) return used;
      if (!(await accounts.block(tx, account))) return used;
      await journal.record(tx, { action: "account.secured", subject: { accountId }, requester });
      await outbox.enqueueIn(tx, accountSecuredMail, {
        id: randomUUID(),
        recipient: account.email,
        accountId,
        data: { accountId, requester },
        lifetime: linkLife,
      });
      return { status: "secured" };
    });
  };
}
