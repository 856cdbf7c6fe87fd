import { maskMailbox } from "@rekey/contract/email";
import type { PasswordReason, TokenReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import type { AccountStore } from "./account-store.ts";
import type { ResetLinks } from "./reset-links.ts";

export type InspectOutcome =
  /** `email` masked, `expiresAt` ISO 8601. */
  | { status: "usable"; email: string; expiresAt: string }
  | { status: "refused"; reason: TokenReason };

export type ResetOutcome =
  | { status: "reset" }
  | { status: "refused"; reason: TokenReason | PasswordReason }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export type CancelOutcome = { status: "cancelled" } | { status: "refused"; reason: TokenReason };

export interface ResetDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  links: ResetLinks;
  journal: Journal;
}

/** Too many hash a password at once; in seconds. */
const rush = { status: "refused", reason: "RATE_LIMITED", retryAfter: 5 } as const;

/** What the holder of a reset link may do with it. */
export function createReset({ prisma, accounts, links, journal }: ResetDependencies) {
  return {
    /** Says whom a link is for and until when, and consumes nothing. */
    async inspect(token: string): Promise<InspectOutcome> {
      const link = await links.check(prisma, "reset-password", token);
      if (link.status === "refused") return link;
      const { account, reset } = link;
      const email = maskMailbox(account.email);
      return { status: "usable", email, expiresAt: reset.expiresAt.toISOString() };
    },

    /**
     * Sets a new password. A refused password leaves the link alive. Hashing comes before the
     * transaction, which then does everything or nothing: consume the link, set the hash, end all
     * sessions, queue the notice and the event (OWASP Forgot Password Cheat Sheet).
     */
    async reset(token: string, password: string, requester: Requester): Promise<ResetOutcome> {
      const link = await links.check(prisma, "reset-password", token);
      if (link.status === "refused") return link;
      const problem = await accounts.passwordProblem(password, link.account);
      if (problem !== null) return { status: "refused", reason: problem };

      const passwordHash = await accounts.hashPassword(password, requester.network);
      if (passwordHash === null) return rush;
      const outcome = await prisma.$transaction(async (tx): Promise<ResetOutcome> => {
        // While hashing, the link may have been used, replaced or cancelled, and the account changed:
        // both steps are conditional on neither.
        const { reset, account } = link;
        const done =
          (await links.close(tx, reset.id, "used")) &&
          (await accounts.setPassword(tx, account, passwordHash));
        if (done) {
          const subject = { accountId: account.id };
          await journal.record(tx, { action: "reset.done", subject, requester });
          return { status: "reset" };
        }
        const since = await links.check(tx, "reset-password", token);
        return since.status === "refused" ? since : { status: "refused", reason: "TOKEN_USED" };
      });
      if (outcome.status === "reset") await accounts.afterReset(link.account, requester.network);
      return outcome;
    },

    /** "It wasn't me": kills the link that came with this token, and confirms it by mail. */
    async cancel(token: string, requester: Requester): Promise<CancelOutcome> {
      const link = await links.check(prisma, "cancel-reset", token);
      if (link.status === "refused") return link;
      const accountId = link.account.id;
      return prisma.$transaction(async (tx): Promise<CancelOutcome> => {
        const closed = await links.close(tx, link.reset.id, "cancelled");
        if (!closed) return { status: "refused", reason: "TOKEN_USED" };
        await journal.record(tx, { action: "reset.cancelled", subject: { accountId }, requester });
        return { status: "cancelled" };
      });
    },
  };
}
