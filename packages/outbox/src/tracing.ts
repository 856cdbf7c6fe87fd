import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

type Attributes = Record<string, string | number>;

/** Runs `work`, which accepts a mail, in a span; `currentTrace` in it is where the mail goes on. */
export function inEnqueueSpan<T>(
  mail: { id: string; kind: string },
  work: () => Promise<T>,
): Promise<T> {
  return inSpan(`enqueue ${mail.kind}`, SpanKind.PRODUCER, queued("send", mail), work);
}

/** Runs one attempt at a mail in a span that continues the trace of the request it came from. */
export function inMailSpan<T>(
  mail: { id: string; kind: string; trace: string | null; attempts: readonly unknown[] },
  work: () => Promise<T>,
): Promise<T> {
  const { trace: traceparent, attempts } = mail;
  const parent = traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;
  const attributes = { ...queued("process", mail), "mail.attempt": attempts.length + 1 };
  return context.with(parent, () =>
    inSpan(`mail ${mail.kind}`, SpanKind.CONSUMER, attributes, work),
  );
}

/** Runs one SMTP conversation in a span. */
export function inSendSpan<T>(
  server: { host: string; port: number },
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { "server.address": server.host, "server.port": server.port };
  return inSpan("SMTP send", SpanKind.CLIENT, attributes, work);
}

/** Tells the span that is under way what a mail server said. */
export function noteReply(outcome: "sent" | "deferred" | "bounced", reply: string): void {
  trace
    .getActiveSpan()
    ?.setAttributes({ "smtp.outcome": outcome, "smtp.reply": withoutQuotes(reply) });
  if (outcome !== "sent") noteFailure(outcome);
}

/** Tells the span that is under way how the mail stands. */
export function noteState(state: string): void {
  trace.getActiveSpan()?.setAttribute("mail.state", state);
}

/** Tells the span that is under way that it failed. */
export function noteFailure(type: string): void {
  markFailed(trace.getActiveSpan(), type);
}

/** A mail server's words without the address, link or token they may quote. */
export function withoutQuotes(reply: string): string {
  return reply.replace(/\S*(?:@|:\/\/|eyJ)\S*/g, "[removed]");
}

/** W3C trace context of what is going on now, or null where nothing is traced. */
export function currentTrace(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** OpenTelemetry's messaging conventions, and which mail it is; never whose. */
function queued(operation: "send" | "process", { id, kind }: { id: string; kind: string }) {
  return {
    "messaging.system": "postgresql",
    "messaging.destination.name": "mail",
    "messaging.operation.type": operation,
    "mail.id": id,
    "mail.kind": kind,
  };
}

/** What kind of failure, and no more: the message of an error may quote data. */
function markFailed(span: Span | undefined, type: string): void {
  span?.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
}

function inSpan<T>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const tracer = trace.getTracer("rekey-outbox");
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      markFailed(span, error instanceof Error ? error.name : "unknown error");
      throw error;
    } finally {
      span.end();
    }
  });
}
