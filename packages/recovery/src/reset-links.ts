import { paths, tokenLink } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import type { PasswordReset, Prisma } from "@rekey/db/client";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore, RecoverableAccount } from "./account-store.ts";
import { isDecoy } from "./decoy.ts";

export type LinkVerdict =
  | { status: "usable"; reset: PasswordReset; account: RecoverableAccount }
  | { status: "refused"; reason: TokenReason };

export interface ResetLinksDependencies {
  tokens: Tokens;
  accounts: AccountStore;
  appUrl: string;
}

export type ResetLinks = ReturnType<typeof createResetLinks>;

/** Making, reading and closing reset links: the one place that says whether a link still works. */
export function createResetLinks({ tokens, accounts, appUrl }: ResetLinksDependencies) {
  const issue = (purpose: "reset-password" | "cancel-reset", { id, expiresAt }: PasswordReset) =>
    tokens.issue(purpose, { id, expiresAt });

  /** Whether the link of a request works now, but for its life. */
  async function find(db: Prisma.TransactionClient, id: string): Promise<LinkVerdict> {
    const reset = await db.passwordReset.findUnique({ where: { id } });
    if (reset?.state === "replaced") return { status: "refused", reason: "TOKEN_REPLACED" };
    const open = reset?.state === "open" && !isDecoy(reset.accountId);
    const account = open ? await accounts.findById(db, reset.accountId) : null;
    if (!reset || account === null || account.state !== reset.accountState) {
      return { status: "refused", reason: "TOKEN_USED" };
    }
    return { status: "usable", reset, account };
  }

  return {
    find,

    /** Says whether a link would work now. Changes nothing, so a scanner may ask as often as it likes. */
    async check(
      db: Prisma.TransactionClient,
      purpose: "reset-password" | "cancel-reset",
      token: string,
    ): Promise<LinkVerdict> {
      const verdict = await tokens.verify(purpose, token);
      return verdict.status === "refused" ? verdict : find(db, verdict.claims.id);
    },

    /** The token that a link carries. */
    tokenOf: (reset: PasswordReset) => issue("reset-password", reset),

    /** Where a new password is chosen. */
    async resetUrl(reset: PasswordReset): Promise<string> {
      return tokenLink(appUrl, paths.resetPassword, await issue("reset-password", reset));
    },

    /** Where the request is cancelled. */
    async cancelUrl(reset: PasswordReset): Promise<string> {
      return tokenLink(appUrl, paths.notMe, await issue("cancel-reset", reset));
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

/** Closes whatever link an account has open: an operator disabled the account. */
export async function closeLinksOf(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.passwordReset.updateMany({
    where: { accountId, state: "open" },
    data: { state: "cancelled" },
  });
}
