import { coalesce } from "@rekey/db/coalesce";
import type { Sql } from "@rekey/db/sql";

/**
 * A claim lasts this long after the worker's last sign of life, in seconds. With the worker's look at
 * the table every second, what a dead worker had in hand goes to another within ten.
 */
export const LEASE_SECONDS = 8;

/** What every row that is worked on has in common, as it is when it was claimed. */
export interface Claimed {
  id: string;
  lease: string;
  priority: number;
  attempts: Attempt[];
  createdAt: Date;
  expiresAt: Date;
  /** By the database's clock. */
  expired: boolean;
}

/** When the last claim was made, if nobody wrote down how it ended. */
interface Interrupted {
  interruptedAt: Date | null;
}

/** One try at sending. */
export interface Attempt {
  at: string;
  /** Null: its process died, or lost its claim. */
  endedAt: string | null;
  /**
   * `interrupted`: nobody knows whether it was taken. `failed`: a fault of ours. `delivered` and
   * `complained`, and `bounced` after `sent`, are what a provider told later.
   */
  outcome:
    | "sent"
    | "deferred"
    | "bounced"
    | "failed"
    | "interrupted"
    | "delivered"
    | "complained"
    /** Only in records of earlier versions: it was under way. */
    | null;
  /** The other side's words, or what stood in the way. */
  reply: string | null;
}

/** How a claim ends. */
export interface Ending<State extends string = string> {
  state: State;
  reason: string | null;
  attempts: Attempt[];
  /** When the row is worked on again: never, after a pause that grows, or as soon as may be. */
  due: "never" | "later" | "now";
}

export interface LeasedTable {
  name: "mail" | "event";
  /** What a claim returns besides the columns of `Claimed`: SQL for the list of RETURNING. */
  returns: string;
  /** Columns that an ending writes besides the common ones, by their name in JavaScript. */
  writes: Record<string, string>;
  /** Seconds of the first pause, doubled from try to try up to the longest. */
  pause: { first: number; longest: number };
}

/** A record keeps this many attempts, the latest. */
const MAX_ATTEMPTS = 50;

export type Leases<Row extends Claimed, End extends Ending> = ReturnType<
  typeof createLeases<Row, End>
>;

/**
 * The rows of a table as work: each is record and queue in one, and is a worker's own as long as it
 * holds the lease it claimed the row under. The database's clock alone decides what is due.
 */
export function createLeases<Row extends Claimed, End extends Ending>(
  sql: Sql,
  { name, returns, writes, pause }: LeasedTable,
) {
  // `due` is materialized: run again in the middle of a join it would claim more.
  const CLAIM = `
    WITH due AS MATERIALIZED (
      SELECT id, lease, updated_at FROM ${name} WHERE due_at <= now()
      ORDER BY priority DESC, due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    UPDATE ${name} AS row SET
      state = 'sending', lease = $1, due_at = now() + interval '${LEASE_SECONDS} seconds',
      tries = row.tries + 1, updated_at = now()
    FROM due WHERE row.id = due.id
    RETURNING row.id, row.lease, row.priority, row.attempts, row.created_at AS "createdAt",
      row.expires_at AS "expiresAt", row.expires_at <= now() AS expired,
      CASE WHEN due.lease IS NOT NULL THEN due.updated_at END AS "interruptedAt", ${returns}`;

  const EXTEND = `
    UPDATE ${name} SET due_at = now() + interval '${LEASE_SECONDS} seconds'
    FROM unnest($1::uuid[], $2::uuid[]) AS held(id, lease)
    WHERE ${name}.id = held.id AND ${name}.lease = held.lease
    RETURNING ${name}.id`;

  const assignments = Object.entries(writes).map(([key, column]) => `${column} = new."${key}",`);
  const SETTLE = `
    UPDATE ${name} AS row SET
      state = new.state::${name}_state, reason = new.reason, attempts = new.attempts,
      ${assignments.join(" ")}
      lease = NULL, updated_at = now(), tries = row.tries - CASE new.due WHEN 'now' THEN 1 ELSE 0 END,
      due_at = CASE new.due WHEN 'now' THEN now() WHEN 'later' THEN now() + interval '1 second'
        * least(${pause.longest}, ${pause.first} * power(2, least(row.tries, 30) - 1))
        * (0.5 + random() / 2) END
    FROM jsonb_to_recordset($1::text::jsonb) AS new(
      id uuid, lease uuid, state text, reason text, attempts jsonb, due text
      ${Object.keys(writes)
        .map((key) => `, "${key}" text`)
        .join("")})
    WHERE row.id = new.id AND row.lease = new.lease
    RETURNING row.id`;

  const EXPIRE = `
    UPDATE ${name} AS row SET
      state = 'expired', reason = $1, due_at = NULL, lease = NULL, updated_at = now()
    WHERE due_at IS NOT NULL AND expires_at <= now() AND (lease IS NULL OR due_at <= now())
    RETURNING row.id, row.created_at AS "createdAt", ${returns}`;

  return {
    /** Claims at most `limit` rows that are due under one lease; the more urgent first, then the older. */
    async claim(lease: string, limit: number): Promise<Row[]> {
      const { rows } = await sql.query<Row & Interrupted>(CLAIM, [lease, limit]);
      for (const { attempts, interruptedAt } of rows) {
        if (interruptedAt === null) continue;
        const at = interruptedAt.toISOString();
        attempts.push({ at, endedAt: null, outcome: "interrupted", reply: null });
      }
      return rows.sort((a, b) => b.priority - a.priority || +a.createdAt - +b.createdAt);
    },

    /** Keeps claims alive. Resolves to the ids that are still held. */
    async extend(claims: Pick<Claimed, "id" | "lease">[]): Promise<Set<string>> {
      const ids = claims.map(({ id }) => id);
      const leases = claims.map(({ lease }) => lease);
      const { rows } = await sql.query<{ id: string }>(EXTEND, [ids, leases]);
      return new Set(rows.map(({ id }) => id));
    },

    /** Writes an ending down; false when the row is somebody else's by now, and nothing was changed. */
    settle: coalesce(async (endings: (Pick<Claimed, "id" | "lease"> & End)[]) => {
      const columns = Object.keys(writes) as (keyof End)[];
      const values = endings.map(({ id, lease, state, reason, attempts, due, ...ending }) => ({
        ...{ id, lease, state, reason, due, attempts: attempts.slice(-MAX_ATTEMPTS) },
        ...Object.fromEntries(columns.map((key) => [key, ending[key as keyof typeof ending]])),
      }));
      const { rows } = await sql.query<{ id: string }>(SETTLE, [JSON.stringify(values)]);
      const settled = new Set(rows.map(({ id }) => id));
      return endings.map(({ id }) => settled.has(id));
    }),

    /** Writes off what waited longer than it was worth, save what a worker has in hand. */
    async expire(reason: string): Promise<Row[]> {
      return (await sql.query<Row>(EXPIRE, [reason])).rows;
    },

    /** Makes due at once what is claimed. For a process that knows that every worker is dead. */
    async release(): Promise<void> {
      await sql.query(`UPDATE ${name} SET due_at = now() WHERE lease IS NOT NULL`);
    },
  };
}
