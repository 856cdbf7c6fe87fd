import type { Prisma, PrismaClient } from "@rekey/db/client";
import type { Sql } from "@rekey/db/sql";
import { CHANNEL } from "./enqueue.ts";

export type RetryRefusal = "NOT_FOUND" | "EXPIRED" | "SENT" | "BUSY";

export type RetryOutcome =
  | { id: string; status: "queued" }
  | { id: string; status: "refused"; reason: RetryRefusal };

/** Before everything else: somebody waits for it. */
const PRIORITY = 100;

/**
 * A mail in one of these states was not taken by the mail server; without a lease nobody is at it. Its
 * address is mailed again, else it would bounce off our own list, unless its owner complained: that mail
 * did arrive.
 */
const RETRY = `
  WITH retried AS (
    UPDATE mail SET state = 'queued', reason = NULL, priority = ${PRIORITY}, due_at = now(),
      tries = 0, updated_at = now()
    WHERE id = $1 AND lease IS NULL AND expires_at > now()
      AND state IN ('queued', 'deferred', 'bounced', 'dead')
    RETURNING recipient_key, pg_notify('${CHANNEL}', '')::text),
  lifted AS (
    UPDATE suppression SET lifted_at = now() FROM retried
    WHERE suppression.recipient_key = retried.recipient_key AND suppression.kind <> 'complained'
      AND suppression.lifted_at IS NULL)
  SELECT EXISTS (SELECT FROM retried) AS retried, mail.state, mail.expires_at <= now() AS expired
  FROM mail WHERE id = $1`;

export type Retry = ReturnType<typeof createRetry>;

export interface RetryDependencies {
  prisma: PrismaClient;
  sql: Sql;
}

/**
 * Sends a mail again at once, because an operator says so: one that waits for its next attempt, was
 * refused, or was given up. Not one that was sent, is being sent, or is no longer worth sending.
 */
export function createRetry({ prisma, sql }: RetryDependencies) {
  async function one(id: string): Promise<RetryOutcome> {
    type Found = { retried: boolean; state: string; expired: boolean };
    const { rows } = await sql.query<Found>(RETRY, [id]);
    const [found] = rows;
    if (found?.retried) return { id, status: "queued" };
    const reason = found === undefined ? "NOT_FOUND" : whyNot(found);
    return { id, status: "refused", reason };
  }

  async function all(where: Prisma.MailWhereInput): Promise<RetryOutcome[]> {
    const mails = await prisma.mail.findMany({
      where,
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    const outcomes: RetryOutcome[] = [];
    for (const { id } of mails) outcomes.push(await one(id));
    return outcomes;
  }

  return {
    one,

    /** All that were given up, oldest first. */
    dead: () => all({ state: "dead" }),

    /** All that bounced since then, oldest first: after a fault of ours was mended. */
    bounced: (since: Date) => all({ state: "bounced", updatedAt: { gte: since } }),
  };
}

function whyNot({ state, expired }: { state: string; expired: boolean }): RetryRefusal {
  if (state === "sending") return "BUSY";
  return expired ? "EXPIRED" : "SENT";
}
