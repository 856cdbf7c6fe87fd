import { mailboxKey } from "@rekey/contract/email";
import type { MailState } from "@rekey/db/client";
import type { Mailer } from "@rekey/mail/mailer";
import type { RenderedMail } from "@rekey/mail/message";
import { messageIdFor } from "@rekey/mail/message-id";
import type { SendResult } from "@rekey/mail/outcome";
import pLimit from "p-limit";
import type { Circuit } from "./circuit.ts";
import type { Attempt, Claimed, Ending } from "./leases.ts";
import type { MailBudget } from "./mail-budget.ts";
import type { MailHandler } from "./mail-kind.ts";
import type { OutboxObserver } from "./observer.ts";
import type { Suppressions } from "./suppressions.ts";
import { inMailSpan, inSendSpan, noteFailure, noteReply, noteState } from "./tracing.ts";

/** Why a mail expired. */
export const TOO_LATE = "It could not be sent in time";
const OVER_BUDGET = "The hour's budget of mails of this kind is used up";
/** Faults of ours that one mail may meet before it is given up. */
const MAX_FAULTS = 10;
/** Mails that wait for another try, as a worker remembers them. */
const MOST_PAID = 10_000;

/** A mail as a worker claimed it. */
export interface ClaimedMail extends Claimed {
  kind: string;
  recipient: string | null;
  accountId: string | null;
  reason: string | null;
  messageId: string | null;
  data: unknown;
  trace: string | null;
}

export interface MailEnding extends Ending<MailState> {
  recipient: string | null;
  recipientKey: string | null;
  accountId: string | null;
  messageId: string | null;
}

export interface DeliverDependencies {
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
  /** The database's clock. */
  now: () => Date;
  onError: (error: unknown, kind: string) => void;
}

/**
 * Takes one claimed mail as far as it gets, composing and sending it, and resolves to how its claim
 * ends; changes nothing in the database. A conversation begins only while the claim is `held`.
 */
export function createDeliver(dependencies: DeliverDependencies) {
  const { suppressions, mailer, circuit, budget, handlers, observer, sender, now, onError } =
    dependencies;
  const inTurn = pLimit(dependencies.attempts);

  function compose({ kind, id, createdAt: acceptedAt, expiresAt, data }: ClaimedMail) {
    const handler = handlers.get(kind);
    if (handler === undefined) throw new Error(`Nobody composes mails of kind ${kind}`);
    return handler.compose(data, { id, acceptedAt, expiresAt, now: now() });
  }

  /** Counts a fault of ours against the mail, so that it is not tried for ever. */
  function fault(mail: ClaimedMail, error: unknown): MailEnding {
    onError(error, mail.kind);
    const at = now().toISOString();
    const reply = error instanceof Error ? error.name : "unknown error";
    noteFailure(reply);
    const attempts: Attempt[] = [...mail.attempts, { at, endedAt: at, outcome: "failed", reply }];
    const failed = { ...mail, attempts };
    return attempts.filter(({ outcome }) => outcome === "failed").length >= MAX_FAULTS
      ? finished(failed, "dead", "It failed time after time; the log says how")
      : deferred(failed, "A fault of the service");
  }

  /** What was paid for and not tried yet, in this process. */
  const paid = new Set<string>();

  /**
   * Pays for a mail out of the budget of its kind; false when that is used up. Once, however often the
   * mail server puts it off, and before anybody knows whether a mail is due.
   */
  async function pay({ id, kind, attempts }: ClaimedMail): Promise<boolean> {
    const budgeted = handlers.get(kind)?.budgeted ?? false;
    const tried = attempts.some(({ outcome }) => outcome !== "failed");
    if (!budgeted || tried || paid.has(id)) return true;
    if (!(await budget.take(kind))) return false;
    if (paid.size >= MOST_PAID) paid.clear();
    paid.add(id);
    return true;
  }

  function putOff(mail: ClaimedMail): MailEnding {
    observer.overBudget();
    return deferred(mail, OVER_BUDGET);
  }

  /** One SMTP conversation, unless it is not to be had just now. */
  async function send(
    mail: ClaimedMail,
    to: string,
    rendered: RenderedMail,
    held: () => boolean,
  ): Promise<MailEnding> {
    if (!circuit.admits()) return untouched(mail);
    // Somebody else may be sending it: this worker was away for longer than its lease.
    if (!held()) return untouched(mail);

    const begunAt = now();
    const messageId = messageIdFor(mail.id, sender);
    const started = performance.now();
    const result = await inSendSpan(mailer.server, async () => {
      const result = await mailer.send({ ...rendered, to, messageId, date: begunAt });
      noteReply(result.status, replyOf(result));
      return result;
    });
    const seconds = (performance.now() - started) / 1000;
    const { status: outcome } = result;
    const cause = (result.status === "deferred" && result.cause) || null;
    observer.attempted({ kind: mail.kind, outcome, cause, seconds });
    tellCircuit(result);

    const endedAt = now();
    const attempt = {
      at: begunAt.toISOString(),
      endedAt: endedAt.toISOString(),
      outcome,
      reply: replyOf(result),
    };
    const tried = { ...mail, messageId, attempts: [...mail.attempts, attempt] };
    const reason = reasonOf(result);
    if (outcome === "deferred") return deferred(tried, reason);
    if (outcome === "bounced") {
      // If this fails, the next mail to the address bounces too, and adds it.
      const bounce = { recipient: to, kind: outcome, provider: "smtp", reason, at: endedAt };
      await suppressions.add(bounce).catch((error) => onError(error, mail.kind));
    }
    return finished(tried, outcome, reason);
  }

  /** What was put off or refused for the recipient's sake says nothing of the server. */
  function tellCircuit(result: SendResult) {
    if (result.status === "sent") circuit.succeeded();
    if (result.status !== "deferred" || result.about !== "server") return;
    circuit.failed(result.reason, { hidden: result.hidden ?? false });
  }

  async function deliver(mail: ClaimedMail, held: () => boolean): Promise<MailEnding> {
    if (mail.expired) return finished(mail, "expired", TOO_LATE);
    // Before it is composed, which retires the link that its reader may hold already.
    if (!(await pay(mail))) return putOff(mail);
    const composed = await compose(mail);
    if (composed.status === "expired") return finished(mail, "expired", TOO_LATE);
    if (composed.status === "skip") return finished(mail, "skipped", composed.reason);
    const { recipient } = composed;
    const optional = handlers.get(mail.kind)?.optional ?? false;
    const suppressed = await suppressions.reasonFor(mailboxKey(recipient), { optional });
    if (composed.status === "discard") return finished(mail, "skipped", composed.reason);
    const addressed = { ...mail, recipient, accountId: composed.accountId };
    if (suppressed !== null) {
      return finished(addressed, "bounced", `Not sent, the address is suppressed: ${suppressed}`);
    }
    return inTurn(() => send(addressed, recipient, composed.mail, held));
  }

  return (mail: ClaimedMail, held: () => boolean): Promise<MailEnding> => {
    return inMailSpan(mail, async () => {
      const ending = await deliver(mail, held).catch((error) => fault(mail, error));
      if (ending.due === "never") paid.delete(mail.id);
      noteState(ending.state);
      return ending;
    });
  };
}

function ended(
  mail: ClaimedMail,
  state: MailState,
  reason: string | null,
  due: Ending["due"],
): MailEnding {
  const { recipient, accountId, messageId, attempts } = mail;
  const recipientKey = recipient === null ? null : mailboxKey(recipient);
  return { state, reason, due, recipient, recipientKey, accountId, messageId, attempts };
}

const finished = (mail: ClaimedMail, state: MailState, reason: string | null) =>
  ended(mail, state, reason, "never");

const deferred = (mail: ClaimedMail, reason: string) => ended(mail, "deferred", reason, "later");

/** Given back as it was found: nothing was tried. */
export function untouched(mail: ClaimedMail): MailEnding {
  return ended(mail, mail.attempts.length > 0 ? "deferred" : "queued", mail.reason, "now");
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
