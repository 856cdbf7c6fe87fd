import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  parseJson,
  readAddress,
  readMessageId,
  readReason,
  readTime,
  someNumber,
  someText,
} from "./fields.ts";
import { CLOCK_SKEW, isFresh, readEpoch, sameText } from "./proof.ts";
import { createSeenTokens, type SeenTokens } from "./seen-tokens.ts";
import { type MailEvent, refused, type WebhookVerifier } from "./webhook.ts";

const payload = z.object({
  signature: z.object({
    timestamp: z.union([z.string(), z.number()]).transform(String),
    token: z.string().min(1).max(200),
    signature: z.string(),
    "parent-signature": someText,
  }),
  "event-data": z.object({
    event: z.string(),
    id: someText,
    timestamp: someNumber,
    recipient: someText,
    severity: someText,
    reason: someText,
    message: z
      .object({ headers: z.object({ "message-id": someText }) })
      .optional()
      .catch(undefined),
    "delivery-status": z
      .object({ message: someText, description: someText })
      .optional()
      .catch(undefined),
  }),
});

type EventData = z.infer<typeof payload>["event-data"];

/** Failures for good that say nothing of the mailbox: given up after days, our standing, its reader's wish. */
const NOT_THE_ADDRESS = new Set(["old", "espblock", "suppress-unsubscribe", "suppress-complaint"]);

export type MailgunOptions = {
  signingKey: string;
  now: () => Date;
  /** Seconds for which a signature holds. */
  freshFor?: number;
  /** Tokens remembered in this process, if `seen` is left out. */
  rememberTokens?: number;
  /** What remembers tokens for all processes. */
  seen?: SeenTokens;
};

/**
 * Mailgun's webhooks: HMAC-SHA256 over timestamp and token
 * (documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks), events as in
 * …/webhooks/webhook-payloads. The signature does not cover the event, so a token is held to the
 * event it first came with. Mailgun tries for 8 hours (…/webhooks/webhook-retries), with the
 * signature of the first attempt, so it holds as long by default.
 */
export function mailgunWebhook(options: MailgunOptions): WebhookVerifier {
  const { signingKey, now, freshFor = 8.5 * 3600, rememberTokens = 20_000 } = options;
  const life = freshFor + CLOCK_SKEW;
  const { seen = createSeenTokens({ life, limit: rememberTokens }) } = options;
  return async ({ body }) => {
    const parsed = payload.safeParse(parseJson(body));
    if (!parsed.success) return refused("MALFORMED");
    const { signature: proof, "event-data": data } = parsed.data;
    const expected = createHmac("sha256", signingKey)
      .update(proof.timestamp + proof.token)
      .digest("hex");
    // Of a subaccount's event the account above it can verify its own signature only.
    const given = [proof.signature, proof["parent-signature"] ?? proof.signature];
    const genuine = given.map((signature) => sameText(signature, expected)).includes(true);
    const sentAt = readEpoch(proof.timestamp);
    if (!genuine || sentAt === null) return refused("BAD_SIGNATURE");
    if (!isFresh(sentAt, now(), freshFor)) return refused("STALE");
    try {
      const admitted = await seen.admits(proof.token, JSON.stringify(data), now());
      if (!admitted) return refused("BAD_SIGNATURE");
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { status: "undecided", reason: `Tokens cannot be looked up: ${said}` };
    }
    const event = toMailEvent(data, sentAt);
    return { status: "accepted", events: event === null ? [] : [event] };
  };
}

function toMailEvent(data: EventData, sentAt: Date): MailEvent | null {
  const address = readAddress(data.recipient ?? "");
  const outcome = outcomeOf(data);
  if (address === null || outcome === null) return null;
  const status = data["delivery-status"];
  return {
    ...outcome,
    address,
    messageId: readMessageId(data.message?.headers["message-id"]),
    providerMessageId: null,
    reason: readReason(status?.message, status?.description, data.reason),
    at: readTime(data.timestamp, sentAt),
    // Mailgun's ids are unique within a day only.
    eventId: data.id === undefined ? null : `${data.id}/${data.timestamp ?? ""}`,
  };
}

function outcomeOf({ event, severity, reason }: EventData) {
  switch (event) {
    case "failed":
      return severity === "permanent"
        ? ({ kind: "bounced", permanent: !NOT_THE_ADDRESS.has(reason ?? "") } as const)
        : ({ kind: "deferred", permanent: false } as const);
    case "complained":
      return { kind: "complained", permanent: true } as const;
    case "delivered":
      return { kind: "delivered", permanent: false } as const;
    default:
      return null;
  }
}
