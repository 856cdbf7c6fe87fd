import { randomUUID } from "node:crypto";
import type { Requester } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";
import type { Outbox } from "@rekey/outbox/outbox";
import { passwordChangedMail } from "./mails.ts";
import { noticeDelay } from "./notice-slots.ts";
import type { Sessions } from "./sessions.ts";

export interface SetPasswordDependencies {
  outbox: Pick<Outbox, "enqueueIn">;
  sessions: Sessions;
  now: () => Date;
}

/** How long the notice is worth sending, in seconds. */
const NOTICE_LIFE = 3 * 24 * 3600;

/**
 * Everything a new password entails, inside the caller's transaction: the hash is set, every session
 * but `keepSession` ends, and the notice to the owner, which says who did it, is queued (OWASP Forgot
 * Password). With `expectedHash` it refuses, with false, when the password changed meanwhile.
 */
export function createSetPassword({ outbox, sessions, now }: SetPasswordDependencies) {
  return async (
    tx: Prisma.TransactionClient,
    accountId: string,
    passwordHash: string,
    requester: Requester,
    { expectedHash, keepSession }: { expectedHash?: string; keepSession?: string } = {},
  ): Promise<boolean> => {
    const changedAt = now();
    const { count } = await tx.account.updateMany({
      where: { id: accountId, ...(expectedHash !== undefined && { passwordHash: expectedHash }) },
      data: { passwordHash, passwordChangedAt: changedAt },
    });
    if (count === 0) return false;
    await sessions.endAll(tx, accountId, keepSession);
    await outbox.enqueueIn(tx, passwordChangedMail, {
      id: randomUUID(),
      recipient: null,
      accountId,
      data: { accountId, requester, changedAt: changedAt.toISOString() },
      delay: await noticeDelay(tx, accountId, changedAt),
      lifetime: NOTICE_LIFE,
    });
    return true;
  };
}

export type SetPassword = ReturnType<typeof createSetPassword>;
