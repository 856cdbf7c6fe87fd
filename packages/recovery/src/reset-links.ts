import type { TokenReason } from "@rekey/contract/reasons";
import type { PasswordReset, Prisma } from "@rekey/db/client";
import type { TokenPurpose, Tokens } from "@rekey/tokens/tokens";
import type { AccountStore, RecoverableAccount } from "./account-store.ts";

export type LinkVerdict =
  | { status: "usable"; reset: PasswordReset; account: RecoverableAccount }
  | { status: "refused"; reason: TokenReason };

export type ResetLinks = ReturnType<typeof createResetLinks>;

/** Reading and closing reset links: the one place that says whether a link still works. */
export function createResetLinks({ tokens, accounts }: { tokens: Tokens; accounts: AccountStore }) {
  return {
    /** Says whether a link would work now. Changes nothing, so a scanner may ask as often as it likes. */
    async check(
      db: Prisma.TransactionClient,
      purpose: TokenPurpose,
      token: string,
    ): Promise<LinkVerdict> {
      const verdict = await tokens.verify(purpose, token);
      if (verdict.status === "refused") return verdict;
      const { id, subject, state } = verdict.claims;
      const reset = await db.passwordReset.findUnique({ where: { id } });
      if (reset?.state === "replaced") return { status: "refused", reason: "TOKEN_REPLACED" };
      const account = reset?.state === "open" ? await accounts.findById(db, subject) : null;
      if (!reset || account === null || account.state !== state) {
        return { status: "refused", reason: "TOKEN_USED" };
      }
      return { status: "usable", reset, account };
    },

    /**
     * Closes an open link. Of any number of callers at once exactly one hears true: the condition is
     * in the update itself.
     */
    async close(
      db: Prisma.TransactionClient,
      id: string,
      state: "used" | "cancelled",
    ): Promise<boolean> {
      const { count } = await db.passwordReset.updateMany({
        where: { id, state: "open" },
        data: { state },
      });
      return count === 1;
    },
  };
}
