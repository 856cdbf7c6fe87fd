import type { Event, EventState, PrismaClient } from "@rekey/db/client";
import type { Sql } from "@rekey/db/sql";
import { CHANNEL } from "./events.ts";

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
