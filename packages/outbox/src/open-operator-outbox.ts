import type { PrismaClient } from "@rekey/db/client";
import { createEnqueue } from "./enqueue.ts";
import { openQueue, type QueueSource } from "./queue.ts";
import { createRetry } from "./retry.ts";

export interface OperatorOutboxConfig {
  prisma: PrismaClient;
  source: QueueSource;
  now: () => Date;
}

/** The outbox for a command: it accepts mails and sends given-up ones again, and leaves the sending to workers. */
export async function openOperatorOutbox({ prisma, source, now }: OperatorOutboxConfig) {
  const queue = await openQueue({
    source,
    works: false,
    onError(error) {
      throw error;
    },
  });
  return {
    ...createEnqueue({ queue, now, wake: () => {} }),
    retry: createRetry({ prisma, queue, now }),
    /** When a mail is next due; null when nothing is left to do. */
    dueAt: queue.dueAt,
    close: queue.close,
  };
}

export type OperatorOutbox = Awaited<ReturnType<typeof openOperatorOutbox>>;
