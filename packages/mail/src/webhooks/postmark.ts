import { z } from "zod";
import { parseJson, readAddress, readMessageId, readReason, readTime, someText } from "./fields.ts";
import { sameText } from "./proof.ts";
import { type MailEvent, refused, type WebhookVerifier } from "./webhook.ts";

const common = {
  MessageID: someText,
  Metadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
  Headers: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .optional()
    .catch(undefined),
  Details: someText,
};

const bounce = z.object({
  ...common,
  ID: z.union([z.number(), z.string()]).optional().catch(undefined),
  Type: z.string(),
  Email: z.string(),
  Description: someText,
  BouncedAt: someText,
  Inactive: z.boolean().optional().catch(undefined),
});

const delivery = z.object({
  ...common,
  Recipient: z.string(),
  DeliveredAt: someText,
});

type Bounce = z.infer<typeof bounce>;
type Delivery = z.infer<typeof delivery>;

/** Postmark still tries these. */
const TRYING = new Set(["Transient", "DnsError"]);
/** A mail that arrived, and was answered by a program. */
const ANSWERS = new Set([
  "AutoResponder",
  "AddressChange",
  "ChallengeVerification",
  "OpenRelayTest",
  "Subscribe",
  "Unsubscribe",
]);
const NO_SUCH_MAILBOX = new Set(["HardBounce", "BadEmailAddress"]);

export type PostmarkOptions = {
  /** What the URL of the webhook carries before the @. */
  credentials: { user: string; password: string };
  now: () => Date;
};

/**
 * Postmark signs nothing; the webhook's URL carries credentials, which come as basic
 * authentication (postmarkapp.com/developer/webhooks/webhooks-overview, "Protecting your webhook").
 * The records are those of …/webhooks/bounce-webhook, …/delivery-webhook and
 * …/spam-complaint-webhook. `MessageID` in them is Postmark's own; ours comes back where the mail
 * carried it as metadata, in a header `X-PM-Metadata-message-id`.
 */
export function postmarkWebhook({ credentials, now }: PostmarkOptions): WebhookVerifier {
  const expected = Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64");
  return async ({ header, body }) => {
    const given = /^basic (\S+)$/i.exec(header("authorization") ?? "")?.[1] ?? "";
    if (!sameText(given, expected)) return refused("BAD_SIGNATURE");
    const type = z.object({ RecordType: z.string() }).safeParse(parseJson(body));
    if (!type.success) return refused("MALFORMED");
    switch (type.data.RecordType) {
      case "Bounce":
      case "SpamComplaint": {
        const record = bounce.safeParse(parseJson(body));
        if (!record.success) return refused("MALFORMED");
        return { status: "accepted", events: bounceEvents(record.data, type.data, now()) };
      }
      case "Delivery": {
        const record = delivery.safeParse(parseJson(body));
        if (!record.success) return refused("MALFORMED");
        return { status: "accepted", events: deliveryEvents(record.data, now()) };
      }
      default:
        return { status: "accepted", events: [] };
    }
  };
}

function bounceEvents(record: Bounce, { RecordType }: { RecordType: string }, now: Date) {
  const address = readAddress(record.Email);
  if (address === null || ANSWERS.has(record.Type)) return [];
  const complained = RecordType === "SpamComplaint" || record.Type === "SpamComplaint";
  const trying = TRYING.has(record.Type) && record.Inactive !== true;
  const id = record.ID ?? record.MessageID;
  return [
    {
      kind: complained ? "complained" : trying ? "deferred" : "bounced",
      permanent: complained || record.Inactive === true || NO_SUCH_MAILBOX.has(record.Type),
      address,
      ...names(record),
      reason: readReason(record.Details, record.Description, record.Type),
      at: readTime(record.BouncedAt, now),
      eventId: id === undefined ? null : `${RecordType}/${record.Type}/${id}`,
    } satisfies MailEvent,
  ];
}

function deliveryEvents(record: Delivery, now: Date) {
  const address = readAddress(record.Recipient);
  if (address === null) return [];
  return [
    {
      kind: "delivered",
      permanent: false,
      address,
      ...names(record),
      reason: readReason(record.Details),
      at: readTime(record.DeliveredAt, now),
      // A delivery has no id of its own, and a mail may have several recipients.
      eventId: record.MessageID === undefined ? null : `Delivery/${record.MessageID}/${address}`,
    } satisfies MailEvent,
  ];
}

function names(record: Bounce | Delivery) {
  const ofMetadata = Object.entries(record.Metadata ?? {}).find(([name]) => isMessageId(name))?.[1];
  const ofHeaders = record.Headers?.find(({ Name }) => isMessageId(Name))?.Value;
  const ours = typeof ofMetadata === "string" ? ofMetadata : ofHeaders;
  return { messageId: readMessageId(ours), providerMessageId: record.MessageID ?? null };
}

const isMessageId = (name: string) => name.toLowerCase() === "message-id";
