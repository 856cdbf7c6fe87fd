import { createPublicKey, type KeyObject, verify } from "node:crypto";
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
import { decodeBase64, isFresh, readEpoch } from "./proof.ts";
import { type MailEvent, refused, type WebhookVerifier } from "./webhook.ts";

const event = z.object({
  event: z.string(),
  email: z.string(),
  timestamp: someNumber,
  "smtp-id": someText,
  sg_message_id: someText,
  sg_event_id: someText,
  type: someText,
  reason: someText,
  response: someText,
  status: someText,
});

type SendGridEvent = z.infer<typeof event>;

/**
 * Reasons of `dropped` that say there is no such mailbox; the others are about the mail, the account or
 * its reader, who reported spam once and may be mailed again when SendGrid is told so.
 */
const DROPPED_FOR_GOOD = /^(invalid|bounced address)$/i;

export type SendGridOptions = {
  publicKey: KeyObject;
  now: () => Date;
  /** Seconds for which a signature holds. */
  freshFor?: number;
};

/** The key that SendGrid shows, base64 of a P-256 public key in DER; null for anything else. */
export function sendGridKey(text: string): KeyObject | null {
  try {
    const der = Buffer.from(text, "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}

/**
 * SendGrid's Signed Event Webhook: ECDSA with SHA-256 over the timestamp and the body
 * (twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features),
 * events as in …/tracking-events/event, many in one body. One that is not understood does not keep
 * the others from being heard, as SendGrid would only send all of them again.
 */
export function sendGridWebhook(options: SendGridOptions): WebhookVerifier {
  const { publicKey, now, freshFor = 300 } = options;
  return async ({ header, body }) => {
    const timestamp = header("x-twilio-email-event-webhook-timestamp") ?? "";
    const signature = decodeBase64(header("x-twilio-email-event-webhook-signature") ?? "");
    const sentAt = readEpoch(timestamp);
    if (signature === null || sentAt === null) return refused("BAD_SIGNATURE");
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    if (!verify("sha256", signed, publicKey, signature)) return refused("BAD_SIGNATURE");
    if (!isFresh(sentAt, now(), freshFor)) return refused("STALE");
    const batch = z.array(z.unknown()).safeParse(parseJson(body));
    if (!batch.success) return refused("MALFORMED");
    const events = batch.data.flatMap((item) => {
      const parsed = event.safeParse(item);
      return parsed.success ? (toMailEvent(parsed.data, now()) ?? []) : [];
    });
    return { status: "accepted", events };
  };
}

function toMailEvent(event: SendGridEvent, now: Date): MailEvent | null {
  const address = readAddress(event.email);
  const outcome = outcomeOf(event);
  if (address === null || outcome === null) return null;
  return {
    ...outcome,
    address,
    messageId: readMessageId(event["smtp-id"]),
    providerMessageId: event.sg_message_id ?? null,
    reason: readReason(event.reason ?? event.response, event.status),
    at: readTime(event.timestamp, now),
    eventId: event.sg_event_id ?? null,
  };
}

function outcomeOf({ event, type, reason }: SendGridEvent) {
  switch (event) {
    case "bounce":
      // "blocked": the mail was turned away, for its content or its sender, not for its address.
      return { kind: "bounced", permanent: type !== "blocked" } as const;
    case "dropped":
      return { kind: "bounced", permanent: DROPPED_FOR_GOOD.test(reason ?? "") } as const;
    case "spamreport":
      return { kind: "complained", permanent: true } as const;
    case "delivered":
      return { kind: "delivered", permanent: false } as const;
    case "deferred":
      return { kind: "deferred", permanent: false } as const;
    default:
      return null;
  }
}
