import { randomUUID } from "node:crypto";
import type { JobQueue, JobQueuePolicy } from "@rekey/outbox/queue";
import { createDeliver, type Payload, type Receiver } from "./deliver.ts";
import type { AccountEvent, Publish } from "./event.ts";

const QUEUE = "event";

/** From 10 seconds to three hours between attempts; the last comes about a day after the first. */
const policy: JobQueuePolicy = {
  retryLimit: 18,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3 * 3600,
  /** Longer than an attempt may take; a job whose worker died comes back after it. */
  expireInSeconds: 60,
  /** While no receiver is configured nothing works on what waits. */
  retentionSeconds: 3 * 24 * 3600,
  deleteAfterSeconds: 3600,
};

export type EventOutcome = "delivered" | "deferred" | "dead";

/** How one attempt ended; `reason` null when it was delivered. */
export interface EventAttempt {
  id: string;
  type: AccountEvent["type"];
  outcome: EventOutcome;
  reason: string | null;
}

export interface EventsConfig {
  openJobs: (name: string, policy: JobQueuePolicy) => Promise<JobQueue<Payload>>;
  /** Null: nobody wants to be told, and nothing is queued. */
  receiver: Receiver | null;
  fetch: typeof globalThis.fetch;
  now: () => Date;
  observe: (attempt: EventAttempt) => void;
}

export type Events = Awaited<ReturnType<typeof openEvents>>;

/**
 * Tells one receiver of what happens to accounts: durably, at least once, for about a day. An event
 * keeps its id from attempt to attempt, so that a receiver can tell a repetition.
 */
export async function openEvents(config: EventsConfig) {
  const { openJobs, receiver, fetch, now, observe } = config;
  if (receiver === null) {
    const publish: Publish = async () => {};
    return { publish, work: async () => {} };
  }
  const jobs = await openJobs(QUEUE, policy);
  const deliver = createDeliver(receiver, fetch);

  const publish: Publish = async (tx, event) => {
    const data = { ...event, timestamp: now().toISOString() };
    await jobs.insert(tx, { id: randomUUID(), data });
  };

  return {
    publish,

    /** Starts sending. */
    work: () =>
      jobs.work(async ({ id, data, attemptsLeft, signal }) => {
        const reason = await deliver(id, data, signal);
        const outcome = reason === null ? "delivered" : attemptsLeft > 0 ? "deferred" : "dead";
        observe({ id, type: data.type, outcome, reason });
        return outcome === "delivered";
      }),
  };
}
