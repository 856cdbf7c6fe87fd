import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";

/** Requests count against the mailbox's limit for an hour; a day leaves room for a clock that is off. */
const KEPT = 24 * 3600;

/** Deletes links and counted codes that nobody can use any more; resolves to how many. They stay expired. */
export async function cleanResets(prisma: PrismaClient, now: Date): Promise<number> {
  const past = new Date(now.getTime() - KEPT * 1000);
  const expired = Prisma.sql`expires_at < ${past}`;
  const links = await deleteInPortions(prisma, "password_reset", expired);
  return links + (await deleteInPortions(prisma, "reset_code", expired));
}
