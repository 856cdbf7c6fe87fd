import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";

/** Deletes lines of the trail older than `days`; resolves to how many. The table refuses every other deletion. */
export function cleanTrail(prisma: PrismaClient, now: Date, days: number): Promise<number> {
  const past = new Date(now.getTime() - days * 86_400_000);
  const condition = Prisma.sql`at < ${past}`;
  return deleteInPortions(prisma, "audit_event", condition, "rekey.audit_retention");
}

/** How long the record of an event is kept, in days. */
const KEPT_DAYS = 30;

/** Deletes old records of finished events; resolves to how many. */
export function cleanEvents(prisma: PrismaClient, now: Date): Promise<number> {
  const past = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const old = Prisma.sql`state IN ('delivered', 'dead', 'expired') AND created_at < ${past}`;
  return deleteInPortions(prisma, "event", old);
}
