/** What a provider says became of one mail to one address. */
export type MailEvent = {
  kind: "bounced" | "complained" | "delivered" | "deferred";
  /** The address itself is at fault or objects: nothing more is to be sent to it. */
  permanent: boolean;
  /** A bare address; an internationalised domain is in ASCII. */
  address: string;
  /** The Message-ID that we gave the mail, with its angle brackets, where the provider repeats it. */
  messageId: string | null;
  /** The provider's own name for the mail; SES's stands in its reply to the mail (`250 Ok 0100…`). */
  providerMessageId: string | null;
  /** The receiving server's or the provider's words: one line, at most 500 characters. */
  reason: string;
  at: Date;
  /** The same each time the provider tells of this event, and no other event's. */
  eventId: string | null;
};

export type WebhookProvider = "ses" | "sendgrid" | "postmark" | "mailgun";

export type WebhookRequest = {
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  /** The body as it came: what is signed is bytes. */
  body: Uint8Array;
};

export type WebhookVerdict =
  /** Genuine. Without events it told of something that does not concern us, or was a test. */
  | { status: "accepted"; events: MailEvent[] }
  | { status: "refused"; reason: "BAD_SIGNATURE" | "STALE" | "MALFORMED" }
  /** Genuine: the provider asks whether to send here. A GET of `url` says yes. */
  | { status: "confirm"; url: string }
  /** What the signature is checked against cannot be had at the moment: let the provider retry. */
  | { status: "undecided"; reason: string };

/** Judges one request. Whatever it holds, the promise does not reject. */
export type WebhookVerifier = (request: WebhookRequest) => Promise<WebhookVerdict>;

export const refused = (reason: "BAD_SIGNATURE" | "STALE" | "MALFORMED") =>
  ({ status: "refused", reason }) as const;
