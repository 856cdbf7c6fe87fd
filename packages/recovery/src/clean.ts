import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";

/** Requests count against the mailbox's limit for an hour; a day leaves room for a clock that is off. */
const KEPT = 24 * 3600;

/** Deletes links that nobody can use any more; resolves to how many. Their tokens stay expired. */
export function cleanResets(prisma: PrismaClient, now: Date): Promise<number> {
  const past = new Date(now.getTime() - KEPT * 1000);
  return deleteInPortions(prisma, "password_reset", Prisma.sql`expires_at < ${past}`);
}
