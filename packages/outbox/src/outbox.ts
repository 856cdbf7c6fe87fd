import type { Database } from "@rekey/db/open-database";
import type { Mailer } from "@rekey/mail/mailer";
import { createCircuit } from "./circuit.ts";
import {
  type ClaimedMail,
  createDeliver,
  type MailEnding,
  TOO_LATE,
  untouched,
} from "./deliver.ts";
import { CHANNEL, createEnqueue } from "./enqueue.ts";
import { createLeases } from "./leases.ts";
import type { MailBudget } from "./mail-budget.ts";
import type { MailHandler } from "./mail-kind.ts";
import type { OutboxObserver } from "./observer.ts";
import { isFinished } from "./records.ts";
import { createSuppressions } from "./suppressions.ts";
import { openWork } from "./work.ts";

export interface OutboxConfig {
  database: Database;
  mailer: Pick<Mailer, "send" | "verify" | "busy" | "server">;
  /** From of every mail. */
  sender: string;
  /** SMTP connections of this process. */
  concurrency: number;
  /** Resolves to how many of `wanted` mails may be sent now, at least one: the rate cap. */
  allow: (wanted: number) => Promise<number>;
  budget: MailBudget;
  observer: OutboxObserver;
  /** Told of every unexpected failure; expected ones are in the records. */
  onError: (error: unknown, where: string) => void;
}

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Durable mail. What was enqueued is a row, and survives any crash; workers, in this process or
 * others, send it at least once and as long as it is worth sending.
 */
export function createOutbox(config: OutboxConfig) {
  const { database, mailer, sender, concurrency, allow, budget, observer, onError } = config;
  const { prisma, sql, now } = database;
  const suppressions = createSuppressions({ prisma, now });
  const circuit = createCircuit({
    now,
    onChange: observer.circuit,
    async probe() {
      const result = await mailer.verify();
      return result.ok ? { ok: true } : { ok: false, reason: result.explanation };
    },
  });
  const leases = createLeases<ClaimedMail, MailEnding>(sql, {
    name: "mail",
    returns: `row.kind, row.recipient, row.account_id AS "accountId", row.reason,
      row.message_id AS "messageId", row.data, row.trace`,
    writes: {
      recipient: "recipient",
      recipientKey: "recipient_key",
      accountId: "account_id",
      messageId: "message_id",
    },
    pause: { first: 1, longest: 60 },
  });
  const work = openWork<ClaimedMail, MailEnding>({
    ...{ database, leases, name: "mail", channel: CHANNEL, overdue: TOO_LATE },
    onExpired: (mail) => noteEnd(mail, "expired"),
    onError: (error) => onError(error, "queue"),
  });

  function noteEnd({ id, kind, createdAt }: ClaimedMail, state: MailEnding["state"]) {
    if (!isFinished(state)) return;
    const seconds = (now().getTime() - createdAt.getTime()) / 1000;
    observer.ended({ id, kind, state, seconds });
  }

  return {
    ...createEnqueue({ sql, wake: () => work.wake() }),

    /** Starts sending. While some mails are being sent the next are composed. */
    work(handlers: readonly MailHandler[]): Promise<void> {
      return work.start({
        slots: 8 * concurrency,
        ready: circuit.ready,
        allow,
        work: createDeliver({
          ...{ suppressions, mailer, circuit, budget, observer, sender, now },
          // While some are in conversation, the next are about to begin.
          attempts: 2 * concurrency,
          handlers: new Map(handlers.map((handler) => [handler.kind, handler])),
          onError: (error, kind) => onError(error, `mail ${kind}`),
        }),
        giveBack: untouched,
        onSettled: (mail, { state }) => noteEnd(mail, state),
      });
    },

    suppressions,

    /** Of this process: whether the mail server is talked to, and over how many connections. */
    status: () => ({
      circuit: circuit.status(),
      connections: { busy: mailer.busy(), max: concurrency },
    }),

    /** Takes nothing more, finishes what is in hand within `timeout` milliseconds or gives it back. */
    async close(timeout: number) {
      circuit.stop();
      await work.stop(timeout);
    },
  };
}
