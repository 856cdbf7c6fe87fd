import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";

/** Deletes events older than `days`; resolves to how many. The table refuses every other deletion. */
export function cleanAudit(prisma: PrismaClient, now: Date, days: number): Promise<number> {
  const past = new Date(now.getTime() - days * 86_400_000);
  const condition = Prisma.sql`at < ${past}`;
  return deleteInPortions(prisma, "audit_event", condition, "rekey.audit_retention");
}
