import type { MailEvent, WebhookProvider, WebhookVerifier } from "@rekey/mail/webhooks/webhook";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "./logger.ts";
import { wholeBody } from "./request-rules.ts";

/** SendGrid sends many events at once. */
const MAX_BODY = 1024 * 1024;

/**
 * Takes in what a provider told. It is told again after a failure, and now and then without one, so
 * the same `eventId` twice must come to the same as once; null is an event without a name. Rejects
 * when nothing, or not all, could be kept.
 */
export type ReceiveMailEvents = (
  provider: WebhookProvider,
  events: readonly MailEvent[],
) => Promise<void>;

/** Without what PostgreSQL's text cannot hold: NUL and halves of surrogate pairs. */
function storable(event: MailEvent): MailEvent {
  const fields = Object.entries(event).map(([name, value]) => [
    name,
    typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value,
  ]);
  return Object.fromEntries(fields) as MailEvent;
}

export interface MailWebhooksOptions {
  /** The verifiers of the providers that are configured; the others are not there. */
  providers: Partial<Record<WebhookProvider, WebhookVerifier>>;
  receive: ReceiveMailEvents;
  /** Says yes to a provider that asks, with a GET. Rejects when that fails. */
  confirm: (url: string) => Promise<void>;
  logger: Pick<Logger, "info" | "warn">;
  /** Each event that was received, for counting. */
  onEvent: (provider: WebhookProvider, kind: MailEvent["kind"]) => void;
}

/**
 * `POST /:provider`: bounces and complaints, as mail providers tell them. There is no session and
 * no origin to check, as no browser sends these: the signature is what counts. Answers 200 for all
 * that is genuine, 403 for what is not (or is too old), 400 for what cannot be read, 404 for a
 * provider that is not configured, 413 above 1 MB, 503 when it cannot be told just now. A failure
 * of `receive` is thrown on, and so a 500. Providers try again after 5xx. Nothing of a body is logged.
 */
export function mailWebhooks(options: MailWebhooksOptions) {
  const { providers, receive, confirm, logger, onEvent } = options;

  async function answer(c: Context, provider: WebhookProvider, verify: WebhookVerifier) {
    const verdict = await verify({
      header: (name) => c.req.header(name),
      body: new Uint8Array(await c.req.arrayBuffer()),
    });
    switch (verdict.status) {
      case "accepted":
        if (verdict.events.length > 0) await receive(provider, verdict.events.map(storable));
        for (const { kind } of verdict.events) onEvent(provider, kind);
        return c.json({ status: "received", events: verdict.events.length });
      case "confirm":
        await confirm(verdict.url);
        logger.info({ provider }, "mail webhook confirmed");
        return c.json({ status: "confirmed" });
      case "undecided":
        logger.warn({ provider, reason: verdict.reason }, "mail webhook undecided");
        return c.json({ reason: "UNAVAILABLE" }, 503);
      case "refused":
        logger.warn({ provider, reason: verdict.reason }, "mail webhook refused");
        return c.json({ reason: verdict.reason }, verdict.reason === "MALFORMED" ? 400 : 403);
    }
  }

  const limit = bodyLimit({
    maxSize: MAX_BODY,
    onError: (c) => c.json({ reason: "TOO_LARGE" }, 413),
  });
  const app = new Hono();
  for (const provider of ["ses", "sendgrid", "postmark", "mailgun"] as const) {
    const verify = providers[provider];
    if (verify)
      app.post(`/${provider}`, wholeBody(limit, "arrayBuffer"), (c) => answer(c, provider, verify));
  }
  app.all("*", (c) => c.json({ reason: "NOT_FOUND" }, 404));
  return app;
}
