import type { PrismaClient } from "@rekey/db/client";

/** Rows of one statement: short enough that nobody waits for its locks. */
const PORTION = 1000;

/**
 * Deletes events older than `days`; resolves to how many. The table refuses every other deletion, so
 * each portion says, for its own transaction alone, that it is this one.
 */
export async function cleanAudit(prisma: PrismaClient, now: Date, days: number): Promise<number> {
  const past = new Date(now.getTime() - days * 86_400_000);
  let total = 0;
  for (;;) {
    const count = await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('rekey.audit_retention', 'on', true)`;
      return tx.$executeRaw`
        DELETE FROM audit_event
        WHERE id IN (SELECT id FROM audit_event WHERE at < ${past} LIMIT ${PORTION})`;
    });
    total += count;
    if (count < PORTION) return total;
  }
}
