import { type ActivityEvent, activityActions } from "@rekey/contract/activity";
import type { PrismaClient, AuditEvent as StoredEvent } from "@rekey/db/client";

/** How much of their own history an owner is shown. */
const SHOWN = 50;

export interface TrailFilter {
  /** An account's id, and the hashes its mailbox may stand under. */
  subject?: { accountId: string | null; hashes: string[] };
  action?: string;
  since?: Date;
  limit: number;
}

/** Reading the audit trail: whole for an operator, their own for the owner of an account. */
export function createTrail({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Newest first. */
    list({ subject, action, since, limit }: TrailFilter): Promise<StoredEvent[]> {
      return prisma.auditEvent.findMany({
        where: {
          ...(action !== undefined && { action }),
          ...(since !== undefined && { at: { gte: since } }),
          ...(subject !== undefined && {
            OR: [
              ...(subject.accountId === null ? [] : [{ accountId: subject.accountId }]),
              { subjectHash: { in: subject.hashes } },
            ],
          }),
        },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: limit,
      });
    },

    /** The latest of an account, as its owner may see it; newest first. */
    async ownersView(accountId: string): Promise<ActivityEvent[]> {
      const events = await prisma.auditEvent.findMany({
        where: { accountId, action: { in: [...activityActions] } },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: SHOWN,
      });
      return events.map(({ id, at, action, outcome, browser, system, network }) => ({
        id,
        at: at.toISOString(),
        action: action as ActivityEvent["action"],
        outcome: outcome === "success" ? "success" : "refused",
        browser,
        system,
        network,
      }));
    },
  };
}

export type Trail = ReturnType<typeof createTrail>;
