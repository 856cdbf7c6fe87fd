import type { Prisma } from "@rekey/db/client";
import type { Sessions } from "./sessions.ts";

export interface SetPasswordDependencies {
  sessions: Sessions;
  now: () => Date;
}

/**
 * What a new password entails, inside the caller's transaction: the hash is set and every session but
 * `keepSession` ends. The caller tells the journal, and so the owner (OWASP Forgot Password). With `expectedHash` it refuses, with false, when the password changed meanwhile.
 */
export function createSetPassword({ sessions, now }: SetPasswordDependencies) {
  return async (
    tx: Prisma.TransactionClient,
    accountId: string,
    passwordHash: string,
    { expectedHash, keepSession }: { expectedHash?: string; keepSession?: string } = {},
  ): Promise<boolean> => {
    const { count } = await tx.account.updateMany({
      where: { id: accountId, ...(expectedHash !== undefined && { passwordHash: expectedHash }) },
      data: { passwordHash, passwordChangedAt: now() },
    });
    if (count === 0) return false;
    await sessions.endAll(tx, accountId, keepSession);
    return true;
  };
}

export type SetPassword = ReturnType<typeof createSetPassword>;
