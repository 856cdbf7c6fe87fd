import { mailboxKey } from "@rekey/contract/email";
import type { Prisma, PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";

/** An account as an operator sees it. */
export interface AccountEntry {
  id: string;
  email: string;
  name: string;
  createdAt: Date;
  passwordChangedAt: Date;
  disabledAt: Date | null;
}

const entry = {
  id: true,
  email: true,
  name: true,
  createdAt: true,
  passwordChangedAt: true,
  disabledAt: true,
} as const;

export interface AccountFilter {
  /** A part of the address, without regard to ASCII case. */
  email?: string;
  disabledOnly: boolean;
  limit: number;
}

export interface SetDisabledDependencies {
  journal: Journal;
  /** Closes the account's open reset links, which recovery keeps. */
  closeLinks: (tx: Prisma.TransactionClient, accountId: string) => Promise<void>;
}

/** What an operator may see and do of accounts. */
export function createDirectory({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  return {
    /** At most `limit` accounts by address. */
    list({ email, disabledOnly, limit }: AccountFilter): Promise<AccountEntry[]> {
      return prisma.account.findMany({
        where: {
          ...(email !== undefined && { emailKey: { contains: literal(mailboxKey(email)) } }),
          ...(disabledOnly && { disabledAt: { not: null } }),
        },
        orderBy: { emailKey: "asc" },
        take: limit,
        select: entry,
      });
    },

    find(email: string): Promise<AccountEntry | null> {
      return prisma.account.findUnique({ where: { emailKey: mailboxKey(email) }, select: entry });
    },

    /**
     * Shuts an account or opens it again, in one transaction with the end of all its sessions and
     * open reset links, and a line in the audit trail. Null when there is no such account. Shutting one
     * twice changes nothing.
     */
    setDisabled(
      email: string,
      disabled: boolean,
      { journal, closeLinks }: SetDisabledDependencies,
    ): Promise<AccountEntry | null> {
      return prisma.$transaction(async (tx) => {
        const emailKey = mailboxKey(email);
        const { count } = await tx.account.updateMany({
          where: { emailKey, disabledAt: disabled ? null : { not: null } },
          data: { disabledAt: disabled ? now() : null },
        });
        const account = await tx.account.findUnique({ where: { emailKey }, select: entry });
        if (account === null) return null;
        await tx.session.deleteMany({ where: { accountId: account.id } });
        await closeLinks(tx, account.id);
        if (count > 0) {
          const action = disabled ? "account.disabled" : "account.enabled";
          await journal.record(tx, { action, subject: { accountId: account.id }, requester: null });
        }
        return account;
      });
    },
  };
}

export type Directory = ReturnType<typeof createDirectory>;

/** LIKE reads these three as something else. */
function literal(part: string): string {
  return part.replace(/[\\%_]/g, "\\$&");
}
