import { mailboxKey } from "@rekey/contract/email";
import type { MailState } from "@rekey/db/client";
import type { Mailer } from "@rekey/mail/mailer";
import type { RenderedMail } from "@rekey/mail/message";
import { messageIdFor } from "@rekey/mail/message-id";
import type { SendResult } from "@rekey/mail/outcome";
import pLimit from "p-limit";
import type { Circuit } from "./circuit.ts";
import type { MailBudget } from "./mail-budget.ts";
import type { Composition, MailHandler } from "./mail-kind.ts";
import type { OutboxObserver } from "./observer.ts";
import type { Verdict } from "./pump.ts";
import { type Attempt, isFinished, type MailRecord, type Records, TOO_LATE } from "./records.ts";
import type { Suppressions } from "./suppressions.ts";
import { inMailSpan, inSendSpan, noteFailure, noteReply, noteState } from "./tracing.ts";

const OVER_BUDGET = "The hour's budget of mails of this kind is used up";
/** Faults of ours that one mail may meet before it is given up. */
const MAX_FAULTS = 10;
/**
 * Milliseconds between tries to write down that a mail was sent, while the database is away: for ten
 * minutes, as whoever takes the claim over then finds most mails no longer worth sending.
 */
const MARK_AGAIN = 250;
const MARK_TRIES = 2400;
/** Mails that wait for another try, as a worker remembers them. */
const MOST_PAID = 10_000;

export interface DeliverDependencies {
  records: Pick<Records, "save">;
  suppressions: Pick<Suppressions, "add" | "reasonFor">;
  mailer: Pick<Mailer, "send" | "server">;
  circuit: Pick<Circuit, "failed" | "succeeded" | "admits">;
  /** Attempts under way at once: a mail's deadline begins when it is its turn. */
  attempts: number;
  budget: MailBudget;
  handlers: Map<string, MailHandler>;
  observer: OutboxObserver;
  /** From of every mail; its domain is that of every Message-ID. */
  sender: string;
  now: () => Date;
  onError: (error: unknown, kind: string) => void;
}

/**
 * Takes one claimed mail as far as it gets: composes, sends, and writes down what came of it. A mail
 * that is found finished is left alone, so a job that comes twice sends once. `lost` is aborted when
 * the claim went to somebody else.
 */
export function createDeliver(dependencies: DeliverDependencies) {
  const {
    records,
    suppressions,
    mailer,
    circuit,
    budget,
    handlers,
    observer,
    sender,
    now,
    onError,
  } = dependencies;
  const inTurn = pLimit(dependencies.attempts);

  async function finish(record: MailRecord, state: MailState, reason: string | null) {
    paid.delete(record.id);
    await records.save({ ...record, state, reason });
    noteState(state);
    const { id, kind, createdAt } = record;
    observer.ended({ id, kind, state, seconds: secondsSince(createdAt) });
    return "finished" as const;
  }

  const secondsSince = (date: Date) => (now().getTime() - date.getTime()) / 1000;

  function compose(record: MailRecord): Promise<Composition> {
    const handler = handlers.get(record.kind);
    if (handler === undefined) throw new Error(`Nobody composes mails of kind ${record.kind}`);
    const { id, createdAt: acceptedAt, expiresAt } = record;
    return handler.compose(record.data, { id, acceptedAt, expiresAt });
  }

  /** Counts a fault of ours against the mail, so that it is not tried for ever. */
  async function fault(record: MailRecord, error: unknown): Promise<Verdict> {
    onError(error, record.kind);
    const at = now().toISOString();
    const reply = error instanceof Error ? error.name : "unknown error";
    noteFailure(reply);
    const attempts: Attempt[] = [...record.attempts, { at, endedAt: at, outcome: "failed", reply }];
    const failed = { ...record, attempts };
    if (attempts.filter(({ outcome }) => outcome === "failed").length >= MAX_FAULTS) {
      return finish(failed, "dead", "It failed time after time; the log says how");
    }
    await records.save({ ...failed, state: "deferred", reason: "A fault of the service" });
    noteState("deferred");
    return "again";
  }

  /** What was paid for and not tried yet, in this process. */
  const paid = new Set<string>();

  /**
   * Pays for a mail out of the budget of its kind; false when that is used up. Once, however often the
   * mail server puts it off, and before anybody knows whether a mail is due.
   */
  async function pay({ id, kind, attempts }: MailRecord): Promise<boolean> {
    const budgeted = handlers.get(kind)?.budgeted ?? false;
    const tried = attempts.some(({ outcome }) => outcome !== "failed");
    if (!budgeted || tried || paid.has(id)) return true;
    if (!(await budget.take(kind))) return false;
    if (paid.size >= MOST_PAID) paid.clear();
    paid.add(id);
    return true;
  }

  async function putOff(record: MailRecord) {
    await records.save({ ...record, state: "deferred", reason: OVER_BUDGET });
    noteState("deferred");
    observer.overBudget();
    return "again" as const;
  }

  /** One SMTP conversation and its place in the record; null when it is not to be had just now. */
  async function attempt(record: MailRecord, to: string, mail: RenderedMail, lost: AbortSignal) {
    if (!circuit.admits()) return null;
    const begun: Attempt = {
      at: now().toISOString(),
      endedAt: null,
      outcome: null,
      reply: null,
    };
    const messageId = messageIdFor(record.id, sender);
    const sending = { ...record, messageId, recipient: to, reason: null };
    const attempts = [...record.attempts, begun];
    const ours = await records.save({ ...sending, state: "sending", attempts });
    if (!ours || lost.aborted) return null;

    const started = performance.now();
    const result = await inSendSpan(mailer.server, async () => {
      const result = await mailer.send({ ...mail, to, messageId });
      noteReply(result.status, replyOf(result));
      return result;
    });
    const seconds = (performance.now() - started) / 1000;
    const cause = (result.status === "deferred" && result.cause) || null;
    observer.attempted({ kind: record.kind, outcome: result.status, cause, seconds });
    tellCircuit(result);

    const reply = replyOf(result);
    const ended = { ...begun, endedAt: now().toISOString(), outcome: result.status, reply };
    return {
      ...sending,
      outcome: result.status,
      reason: reasonOf(result),
      attempts: [...record.attempts, ended],
    };
  }

  /** What was put off or refused for the recipient's sake says nothing of the server. */
  function tellCircuit(result: SendResult) {
    if (result.status === "sent") circuit.succeeded();
    if (result.status !== "deferred" || result.about !== "server") return;
    circuit.failed(result.reason, { hidden: result.hidden ?? false });
  }

  async function send(record: MailRecord, to: string, mail: RenderedMail, lost: AbortSignal) {
    const tried = await inTurn(() => attempt(record, to, mail, lost));
    if (tried === null) return "again";
    const { outcome, reason, ...attempted } = tried;
    if (outcome === "deferred") {
      await records.save({ ...attempted, state: "deferred", reason });
      noteState("deferred");
      return "again";
    }
    return insist(async () => {
      if (outcome === "bounced") {
        const kind = "bounced";
        await suppressions.add({ recipient: to, kind, provider: "smtp", reason, at: now() });
      }
      return finish({ ...attempted, reason }, outcome, reason);
    });
  }

  async function deliver(record: MailRecord, lost: AbortSignal): Promise<Verdict> {
    if (record.expiresAt <= now()) return finish(record, "expired", TOO_LATE);
    // Before it is composed, which retires the link that its reader may hold already.
    if (!(await pay(record))) return putOff(record);
    const composed = await compose(record);
    if (composed.status === "expired") return finish(record, "expired", TOO_LATE);
    if (composed.status === "skip") return finish(record, "skipped", composed.reason);
    const { recipient, accountId, mail } = composed;
    const addressed = { ...record, recipient, accountId };
    const optional = handlers.get(record.kind)?.optional ?? false;
    const suppressed = await suppressions.reasonFor(mailboxKey(recipient), { optional });
    if (suppressed !== null) {
      return finish(addressed, "bounced", `Not sent, the address is suppressed: ${suppressed}`);
    }
    return send(addressed, recipient, mail, lost);
  }

  return async (found: MailRecord, lost: AbortSignal): Promise<Verdict> => {
    if (isFinished(found.state)) return "finished";
    const record = { ...found, attempts: found.attempts.map(interrupted) };
    return inMailSpan(record, async () => {
      try {
        return await deliver(record, lost);
      } catch (error) {
        return await fault(record, error);
      }
    });
  };
}

/** An attempt without an end, found by the next one: its process died in the middle of it. */
function interrupted(attempt: Attempt): Attempt {
  return attempt.outcome === null ? { ...attempt, outcome: "interrupted" } : attempt;
}

function replyOf(result: SendResult): string {
  return result.status === "sent" ? result.response : (result.response ?? result.reason);
}

/** In the record: the server's words, or whose fault it is and what to do where it is not the mail's. */
function reasonOf(result: SendResult): string {
  return result.status === "deferred" && result.about === "server"
    ? result.reason
    : replyOf(result);
}

/**
 * The mail is out: nothing is more urgent than having that on record, as whoever finds it unmarked
 * sends it again. So while the database is away it is tried again and again.
 */
async function insist<T>(mark: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await mark();
    } catch (error) {
      if (tries >= MARK_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, MARK_AGAIN));
    }
  }
}
