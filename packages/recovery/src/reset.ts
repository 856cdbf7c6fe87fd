import { maskMailbox } from "@rekey/contract/email";
import type { PasswordReason, TokenReason } from "@rekey/contract/reasons";
import type { PrismaClient } from "@rekey/db/client";
import type { AccountStore } from "./account-store.ts";
import type { ResetLinks } from "./reset-links.ts";

export type InspectOutcome =
  /** `email` masked, `expiresAt` ISO 8601. */
  | { status: "usable"; email: string; expiresAt: string }
  | { status: "refused"; reason: TokenReason };

export type ResetOutcome =
  | { status: "reset" }
  | { status: "refused"; reason: TokenReason | PasswordReason };

export type CancelOutcome = { status: "cancelled" } | { status: "refused"; reason: TokenReason };

export interface ResetDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  links: ResetLinks;
}

/** What the holder of a reset link may do with it. */
export function createReset({ prisma, accounts, links }: ResetDependencies) {
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
     * sessions, queue the notice (OWASP Forgot Password Cheat Sheet).
     */
    async reset(token: string, password: string, network: string): Promise<ResetOutcome> {
      const link = await links.check(prisma, "reset-password", token);
      if (link.status === "refused") return link;
      const problem = await accounts.passwordProblem(password, link.account);
      if (problem !== null) return { status: "refused", reason: problem };

      const passwordHash = await accounts.hashPassword(password);
      const outcome = await prisma.$transaction(async (tx): Promise<ResetOutcome> => {
        // While hashing, the link may have been used, replaced or cancelled, and the account changed:
        // both steps are conditional on neither.
        const { reset, account } = link;
        const done =
          (await links.close(tx, reset.id, "used")) &&
          (await accounts.setPassword(tx, account, passwordHash));
        if (done) return { status: "reset" };
        const since = await links.check(tx, "reset-password", token);
        return since.status === "refused" ? since : { status: "refused", reason: "TOKEN_USED" };
      });
      if (outcome.status === "reset") await accounts.afterReset(link.account, network);
      return outcome;
    },

    /** "It wasn't me": kills the link that came with this token. */
    async cancel(token: string): Promise<CancelOutcome> {
      const link = await links.check(prisma, "cancel-reset", token);
      if (link.status === "refused") return link;
      const closed = await links.close(prisma, link.reset.id, "cancelled");
      return closed ? { status: "cancelled" } : { status: "refused", reason: "TOKEN_USED" };
    },
  };
}
