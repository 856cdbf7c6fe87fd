import { type ActivityEvent, activityActions } from "@rekey/contract/activity";
import { Prisma, type PrismaClient, type AuditEvent as StoredEvent } from "@rekey/db/client";

/** How much of their own history an owner is shown. */
const SHOWN = 50;
/** Lines of one action that strangers can cause. */
const GROUPS_SHOWN = 10;
/** The latest events of one action that are put into such lines. */
const GROUPED = 500;

/** What a stranger can cause: a reset that is asked for, and everything that is refused. */
const CAUSED_BY_STRANGERS = Prisma.sql`(outcome <> 'success' OR action = 'reset.requested')`;

export interface TrailFilter {
  /** An account's id, and the hashes its mailbox may stand under. */
  subject?: { accountId: string | null; hashes: string[] };
  action?: string;
  since?: Date;
  limit: number;
}

/** An `ActivityEvent` as the database gives it. */
type Line = Omit<ActivityEvent, "at"> & { at: Date };

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

    /**
     * The latest of an account, as its owner may see it; newest first. What strangers can cause is told
     * apart and in groups, so that no amount of it pushes out what really happened.
     */
    async ownersView(accountId: string): Promise<ActivityEvent[]> {
      const actions = [...activityActions];
      const [happened, caused] = await Promise.all([
        prisma.$queryRaw<Line[]>`
          SELECT id, at, action, outcome, browser, system, network, 1 AS count FROM audit_event
          WHERE account_id = ${accountId} AND action = ANY(${actions}) AND NOT ${CAUSED_BY_STRANGERS}
          ORDER BY at DESC, id DESC LIMIT ${SHOWN}`,
        prisma.$queryRaw<Line[]>`
          SELECT id, at, action, outcome, browser, system, network, count FROM (
            SELECT (array_agg(id ORDER BY at DESC))[1] AS id, max(at) AS at, action, kind AS outcome,
              browser, system, network, count(*)::int AS count,
              row_number() OVER (PARTITION BY action, kind ORDER BY max(at) DESC) AS place
            FROM unnest(${actions}::text[]) AS wanted
            CROSS JOIN LATERAL (
              SELECT *, CASE outcome WHEN 'success' THEN outcome ELSE 'refused' END AS kind
              FROM audit_event
              WHERE account_id = ${accountId} AND action = wanted AND ${CAUSED_BY_STRANGERS}
              ORDER BY at DESC LIMIT ${GROUPED}) AS latest
            GROUP BY action, kind, browser, system, network) AS line
          WHERE place <= ${GROUPS_SHOWN}`,
      ]);
      return [...happened, ...caused]
        .sort((one, other) => other.at.getTime() - one.at.getTime())
        .map((line) => ({ ...line, at: line.at.toISOString() }));
    },
  };
}

export type Trail = ReturnType<typeof createTrail>;
