import { randomUUID } from "node:crypto";
import type { Queue } from "@rekey/mail/queue";
import { resetMail } from "./jobs.ts";

/**
 * Accepts a request for a reset. It never looks the account up: it makes one durable job and
 * answers, so neither the answer nor the time it takes depends on whether the account exists.
 */
export function createRequest({ queue, now }: { queue: Pick<Queue, "enqueue">; now: () => Date }) {
  return async (email: string): Promise<{ status: "accepted" }> => {
    const data = { email, requestedAt: now().toISOString() };
    await queue.enqueue(resetMail, randomUUID(), data);
    return { status: "accepted" };
  };
}
