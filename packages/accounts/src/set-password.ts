import { randomUUID } from "node:crypto";
import type { Prisma } from "@rekey/db/client";
import type { Queue } from "@rekey/mail/queue";
import { passwordChangedMail } from "./jobs.ts";
import type { Sessions } from "./sessions.ts";

export interface SetPasswordDependencies {
  queue: Pick<Queue, "enqueueIn">;
  sessions: Sessions;
  now: () => Date;
}

/**
 * Everything a new password entails, inside the caller's transaction: the hash is set, every session
 * but `keepSession` ends, and the notice to the owner is queued (OWASP Forgot Password). With
 * `expectedHash` it refuses, with false, when the password changed meanwhile.
 */
export function createSetPassword({ queue, sessions, now }: SetPasswordDependencies) {
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
    await queue.enqueueIn(tx, passwordChangedMail, randomUUID(), { accountId });
    return true;
  };
}

export type SetPassword = ReturnType<typeof createSetPassword>;
