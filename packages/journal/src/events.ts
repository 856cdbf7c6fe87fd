import { randomUUID } from "node:crypto";
import type { Database } from "@rekey/db/open-database";
import { type Claimed, createLeases, type Ending } from "@rekey/outbox/leases";
import { openWork } from "@rekey/outbox/work";
import { createDeliver, type Payload, type Receiver } from "./deliver.ts";
import type { AccountEvent, Publish } from "./event.ts";

/** Attempts at one event; with the pauses between them the last comes about a day after the first. */
export const MAX_ATTEMPTS = 19;
/** From 10 seconds to three hours between attempts. */
const pause = { first: 10, longest: 3 * 3600 };
/** How long an event is worth telling, in seconds: longer than the attempts take, for a receiver that is not configured for a while. */
const LIFETIME = 3 * 24 * 3600;
/** Events that one process has in hand at once. */
const SLOTS = 10;

/** What tells workers in other processes that there is an event to post. */
export const CHANNEL = "rekey_event";
const TOO_LATE = "It could not be delivered in time";

const INSERT = `
  WITH published AS (
    INSERT INTO event (id, type, payload, created_at, updated_at, due_at, expires_at)
    VALUES ($1::uuid, $2, $3::jsonb, now(), now(), now(), now() + interval '${LIFETIME} seconds'))
  SELECT pg_notify('${CHANNEL}', '')::text`;

export type EventOutcome = "delivered" | "deferred" | "dead";

/** How one attempt ended; `reason` null when it was delivered. */
export interface EventAttempt {
  id: string;
  type: AccountEvent["type"];
  outcome: EventOutcome;
  reason: string | null;
}

interface ClaimedEvent extends Claimed {
  type: AccountEvent["type"];
  payload: Payload;
}

export interface EventsConfig {
  database: Database;
  /** Null: nobody wants to be told, and nothing is kept. */
  receiver: Receiver | null;
  fetch: typeof globalThis.fetch;
  observe: (attempt: EventAttempt) => void;
  onError: (error: unknown) => void;
}

export type Events = ReturnType<typeof createEvents>;

/**
 * Tells one receiver of what happens to accounts: durably, at least once, for about a day. An event
 * is a row as a mail is, and keeps its id from attempt to attempt, so that a receiver can tell a
 * repetition.
 */
export function createEvents({ database, receiver, fetch, observe, onError }: EventsConfig) {
  const publish: Publish = async () => {};
  if (receiver === null) return { publish, work: async () => {}, close: async () => {} };

  const { sql, now } = database;
  const leases = createLeases<ClaimedEvent, Ending<EventOutcome | "queued">>(sql, {
    ...{ name: "event", returns: "row.type, row.payload", writes: {}, pause },
  });
  const onExpired = ({ id, type }: ClaimedEvent) =>
    observe({ id, type, outcome: "dead", reason: TOO_LATE });
  const work = openWork({
    ...{ database, leases, name: "event", channel: CHANNEL, overdue: TOO_LATE },
    ...{ onExpired, onError },
  });
  const deliver = createDeliver(receiver, fetch, now);
  const ending = new AbortController();

  /** One attempt. */
  async function tell(event: ClaimedEvent, held: () => boolean) {
    if (!held()) return untouched(event);
    const at = now().toISOString();
    const reason = await deliver(event.id, event.payload, ending.signal);
    if (ending.signal.aborted && reason !== null) return untouched(event);
    const outcome = reason === null ? "delivered" : "deferred";
    const attempts = [...event.attempts];
    attempts.push({ at, endedAt: now().toISOString(), outcome, reply: reason });
    if (reason === null) return { state: "delivered", reason, attempts, due: "never" } as const;
    return attempts.length < MAX_ATTEMPTS
      ? ({ state: "deferred", reason, attempts, due: "later" } as const)
      : ({ state: "dead", reason, attempts, due: "never" } as const);
  }

  return {
    async publish(...[tx, event]: Parameters<Publish>) {
      const payload = JSON.stringify({ ...event, timestamp: now().toISOString() });
      await tx.$queryRawUnsafe(INSERT, randomUUID(), event.type, payload);
    },

    /** Starts sending. */
    work: () =>
      work.start({
        slots: SLOTS,
        ready: async () => {},
        allow: async (wanted) => wanted,
        work: tell,
        giveBack: untouched,
        onSettled({ id, type }, { state, reason, due }) {
          if (due !== "now" && state !== "queued") observe({ id, type, outcome: state, reason });
        },
      }),

    /** Breaks off what is being sent, and gives it back. */
    async close() {
      ending.abort();
      await work.stop(1000);
    },
  };
}

/** Given back as it was found. */
function untouched({ attempts }: ClaimedEvent) {
  const last = attempts.at(-1);
  const state = last === undefined ? "queued" : "deferred";
  return { state, reason: last?.reply ?? null, attempts, due: "now" } as const;
}
