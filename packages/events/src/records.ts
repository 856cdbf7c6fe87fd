import type { Event, EventState, PrismaClient } from "@rekey/db/client";
import { Prisma } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";
import type { Sql } from "@rekey/db/sql";
import { CHANNEL } from "./events.ts";

/** How long the record of an event is kept, in days. */
const KEPT_DAYS = 30;

const RETRY = `
  UPDATE event SET state = 'queued', reason = NULL, due_at = now(), tries = 0, attempts = '[]',
    updated_at = now(), expires_at = greatest(expires_at, now() + interval '1 day')
  WHERE id = $1 AND lease IS NULL AND state IN ('queued', 'deferred', 'dead', 'expired')
  RETURNING id, pg_notify('${CHANNEL}', '')::text`;

export type EventRetry =
  | { id: string; status: "queued" }
  | { id: string; status: "refused"; reason: "NOT_FOUND" | "DELIVERED" | "BUSY" };

/** Events as an operator asks for them. */
export function createEventRecords({ prisma, sql }: { prisma: PrismaClient; sql: Sql }) {
  return {
    /** Newest first. */
    list: ({ state, limit }: { state?: EventState; limit: number }): Promise<Event[]> =>
      prisma.event.findMany({
        where: { ...(state && { state }) },
        orderBy: { createdAt: "desc" },
        take: limit,
      }),

    /** Posts an event again at once that waits, was given up or expired; its attempts count anew. */
    async retry(id: string): Promise<EventRetry> {
      const { rows } = await sql.query(RETRY, [id]);
      if (rows.length > 0) return { id, status: "queued" };
      const found = await prisma.event.findUnique({ where: { id }, select: { state: true } });
      if (found === null) return { id, status: "refused", reason: "NOT_FOUND" };
      const reason = found.state === "delivered" ? "DELIVERED" : "BUSY";
      return { id, status: "refused", reason };
    },
  };
}

/** Deletes old records of finished events; resolves to how many. */
export function cleanEvents(prisma: PrismaClient, now: Date): Promise<number> {
  const past = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const old = Prisma.sql`state IN ('delivered', 'dead', 'expired') AND created_at < ${past}`;
  return deleteInPortions(prisma, "event", old);
}
