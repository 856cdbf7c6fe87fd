import type { Prisma } from "@rekey/db/client";

/** Notices within an hour that go out at once. Of the changes after them, each slot's last is told. */
const AT_ONCE = 2;
const HOUR_MS = 3_600_000;
const SLOT_MS = 5 * 60_000;

/** When the slot that a change falls into ends. */
export function slotEnd(changedAt: Date): Date {
  return new Date((Math.floor(changedAt.getTime() / SLOT_MS) + 1) * SLOT_MS);
}

/**
 * Seconds that the notice of a change of password waits, so that somebody who changes it again and
 * again cannot flood the mailbox. To be asked before the change is in the audit trail.
 */
export async function noticeDelay(
  tx: Prisma.TransactionClient,
  accountId: string,
  changedAt: Date,
): Promise<number> {
  const changes = await tx.auditEvent.count({
    where: {
      accountId,
      at: { gt: new Date(changedAt.getTime() - HOUR_MS) },
      action: { in: ["password.changed", "reset.done"] },
      outcome: "success",
    },
  });
  return changes < AT_ONCE ? 0 : (slotEnd(changedAt).getTime() - changedAt.getTime()) / 1000;
}
