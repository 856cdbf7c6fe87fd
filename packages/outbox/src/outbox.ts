import type { PrismaClient } from "@rekey/db/client";
import type { Mailer } from "@rekey/mail/mailer";
import { createCircuit } from "./circuit.ts";
import { createDeliver } from "./deliver.ts";
import { createEnqueue } from "./enqueue.ts";
import type { MailBudget } from "./mail-budget.ts";
import type { MailHandler } from "./mail-kind.ts";
import type { OutboxObserver } from "./observer.ts";
import { type Pump, startPump } from "./pump.ts";
import { openQueue, type QueueSource } from "./queue.ts";
import { createRecords } from "./records.ts";
import { createSuppressions } from "./suppressions.ts";

export interface OutboxConfig {
  prisma: PrismaClient;
  source: QueueSource;
  mailer: Pick<Mailer, "send" | "verify" | "busy" | "server">;
  /** From of every mail. */
  sender: string;
  /** Whether this process sends. */
  works: boolean;
  /** SMTP connections of this process. */
  concurrency: number;
  /** Resolves to how many of `wanted` mails may be sent now, at least one: the rate cap. */
  allow: (wanted: number) => Promise<number>;
  budget: MailBudget;
  observer: OutboxObserver;
  now: () => Date;
  /** Told of every unexpected failure; expected ones are in the records. */
  onError: (error: unknown, where: string) => void;
}

/** How often mails that waited too long are written off, in milliseconds. */
const OVERDUE_CHECK = 5000;

export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/**
 * Durable mail. What was enqueued has a delivery record and survives any crash; workers, in this
 * process or others, send it at least once and as long as it is worth sending.
 */
export async function openOutbox(config: OutboxConfig) {
  const { prisma, mailer, sender, works, concurrency, allow, budget, observer, now, onError } =
    config;
  const queue = await openQueue({
    source: config.source,
    works,
    onError: (error) => onError(error, "queue"),
  });
  const records = createRecords({ prisma, sql: queue.sql, now });
  const suppressions = createSuppressions({ prisma, now });
  const circuit = createCircuit({
    now,
    onChange: observer.circuit,
    async probe() {
      const result = await mailer.verify();
      return result.ok ? { ok: true } : { ok: false, reason: result.explanation };
    },
  });
  let pump: Pump | null = null;
  let overdue: NodeJS.Timeout | null = null;

  async function expireOverdue() {
    try {
      for (const { id, kind, createdAt } of await records.expireOverdue()) {
        const seconds = (now().getTime() - createdAt.getTime()) / 1000;
        observer.ended({ id, kind, state: "expired", seconds });
      }
    } catch (error) {
      onError(error, "overdue mails");
    }
  }

  return {
    ...createEnqueue({ queue, now, wake: () => pump?.wake() }),

    /** Starts sending. While some mails are being sent the next are composed. */
    async work(handlers: readonly MailHandler[]) {
      const deliver = createDeliver({
        records,
        suppressions,
        mailer,
        circuit,
        // While some are in conversation, the next are written down as begun.
        attempts: 2 * concurrency,
        budget,
        handlers: new Map(handlers.map((handler) => [handler.kind, handler])),
        observer,
        sender,
        now,
        onError: (error, kind) => onError(error, `mail ${kind}`),
      });
      pump = await startPump({
        queue,
        slots: 8 * concurrency,
        ready: circuit.ready,
        allow,
        work(claims, signalFor) {
          const loaded = records.load(claims.map(({ id }) => id));
          return claims.map(async ({ id }) => {
            const record = (await loaded).get(id);
            // Its record was cleaned away: there is nothing left to do.
            return record === undefined ? "finished" : deliver(record, signalFor(id));
          });
        },
        onError: (error) => onError(error, "queue"),
      });
      overdue = setInterval(expireOverdue, OVERDUE_CHECK);
    },

    suppressions,

    /** Runs `task` by a cron expression (UTC), each time in one of all the processes that work. */
    schedule: queue.schedule,

    /** A durable queue for something other than mails. */
    openJobs: queue.openJobs,

    /** Of this process: whether the mail server is talked to, and over how many connections. */
    status: () => ({
      circuit: circuit.status(),
      connections: { busy: mailer.busy(), max: concurrency },
    }),

    /** Takes nothing more, finishes what is in hand within `timeout` milliseconds or gives it back. */
    async close(timeout: number) {
      if (overdue !== null) clearInterval(overdue);
      circuit.stop();
      await pump?.stop(timeout);
      await queue.close();
    },
  };
}
