import { z } from "zod";
import { readAddress, readMessageId, readReason, readTime, someText } from "./fields.ts";
import type { MailEvent } from "./webhook.ts";

const recipients = z.array(
  z.object({ emailAddress: z.string(), diagnosticCode: someText, status: someText }),
);

const mail = z.object({
  messageId: someText,
  headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .optional()
    .catch(undefined),
  commonHeaders: z.object({ messageId: someText }).optional().catch(undefined),
});

const sesRecord = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("Bounce"),
    mail,
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: someText,
      bouncedRecipients: recipients,
      timestamp: someText,
    }),
  }),
  z.object({
    type: z.literal("Complaint"),
    mail,
    complaint: z.object({
      complainedRecipients: recipients,
      complaintFeedbackType: someText,
      complaintSubType: someText,
      timestamp: someText,
    }),
  }),
  z.object({
    type: z.literal("Delivery"),
    mail,
    delivery: z.object({
      recipients: z.array(z.string()),
      smtpResponse: someText,
      timestamp: someText,
    }),
  }),
  z.object({
    type: z.literal("DeliveryDelay"),
    mail,
    deliveryDelay: z.object({
      delayedRecipients: recipients,
      delayType: someText,
      timestamp: someText,
    }),
  }),
]);

const OURS = new Set<unknown>(["Bounce", "Complaint", "Delivery", "DeliveryDelay"]);
const typed = z.object({ notificationType: z.unknown(), eventType: z.unknown() }).partial();

type Told = Pick<MailEvent, "kind" | "permanent" | "reason"> & {
  address: string;
  timestamp: string | undefined;
};

/**
 * Reads what SES publishes to SNS, in the form of feedback notifications (`notificationType`,
 * docs.aws.amazon.com/ses/latest/dg/notification-contents.html) and of event publishing
 * (`eventType`, …/event-publishing-retrieving-sns-contents.html). Null where it is broken; empty
 * for a text, a test or an event of another kind. `mail.messageId` is SES's name for the mail; ours
 * is in the original headers, which SES includes if asked to.
 */
export function sesEvents(message: unknown, snsMessageId: string, now: Date): MailEvent[] | null {
  const head = typed.safeParse(message);
  const type = head.data?.notificationType ?? head.data?.eventType;
  if (!OURS.has(type)) return [];
  const parsed = sesRecord.safeParse({ ...(message as object), type });
  if (!parsed.success) return null;
  const { headers, commonHeaders, messageId } = parsed.data.mail;
  const original = headers?.find(({ name }) => name.toLowerCase() === "message-id")?.value;
  return tellings(parsed.data).flatMap(({ address, timestamp, ...told }, index) => {
    const bare = readAddress(address);
    if (bare === null) return [];
    return {
      ...told,
      address: bare,
      messageId: readMessageId(original ?? commonHeaders?.messageId),
      providerMessageId: messageId ?? null,
      at: readTime(timestamp, now),
      // The id of an SNS message is kept when it is sent again; it may tell of several recipients.
      eventId: `${snsMessageId}/${index}`,
    };
  });
}

function tellings(news: z.infer<typeof sesRecord>): Told[] {
  switch (news.type) {
    case "Bounce": {
      const { bouncedRecipients, bounceType, bounceSubType, timestamp } = news.bounce;
      return bouncedRecipients.map(({ emailAddress, diagnosticCode, status }) => ({
        kind: "bounced",
        permanent: bounceType === "Permanent",
        address: emailAddress,
        reason: readReason(diagnosticCode ?? status, bounceType, bounceSubType),
        timestamp,
      }));
    }
    case "Complaint": {
      const { complainedRecipients, complaintFeedbackType, complaintSubType, timestamp } =
        news.complaint;
      // The reader took it out of the spam folder.
      if (complaintFeedbackType === "not-spam") return [];
      return complainedRecipients.map(({ emailAddress }) => ({
        kind: "complained",
        permanent: true,
        address: emailAddress,
        reason: readReason(complaintFeedbackType, complaintSubType),
        timestamp,
      }));
    }
    case "Delivery": {
      const { recipients, smtpResponse, timestamp } = news.delivery;
      const reason = readReason(smtpResponse);
      return recipients.map((address) => ({
        kind: "delivered",
        permanent: false,
        address,
        reason,
        timestamp,
      }));
    }
    case "DeliveryDelay": {
      const { delayedRecipients, delayType, timestamp } = news.deliveryDelay;
      return delayedRecipients.map(({ emailAddress, diagnosticCode, status }) => ({
        kind: "deferred",
        permanent: false,
        address: emailAddress,
        reason: readReason(diagnosticCode ?? status, delayType),
        timestamp,
      }));
    }
  }
}
