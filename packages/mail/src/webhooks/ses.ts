import { verify } from "node:crypto";
import { parseJson } from "./fields.ts";
import { decodeBase64, isFresh, sameText } from "./proof.ts";
import { sesEvents } from "./ses-events.ts";
import {
  createSnsCertificates,
  type Fetch,
  isCertificateUrl,
  isSnsUrl,
} from "./sns-certificate.ts";
import { snsMessage, snsStringToSign } from "./sns-message.ts";
import { refused, type WebhookVerifier } from "./webhook.ts";

const HASHES = { 1: "sha1", 2: "sha256" } as const;

export type SesOptions = {
  /** The one topic that is listened to. */
  topicArn: string;
  fetch: Fetch;
  now: () => Date;
  /** Seconds for which a message holds, from its publication. */
  freshFor?: number;
  /** Milliseconds that fetching a certificate may take. */
  deadline?: number;
};

/**
 * Amazon SES by way of SNS: RSA with SHA-1 or SHA-256 over certain fields, against a certificate
 * whose URL the message names
 * (docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). Every cheap check comes
 * before that URL is asked. SNS gives up on a message after an hour at most
 * (…/sns-message-delivery-retries.html), so it holds as long by default.
 */
export function sesWebhook(options: SesOptions): WebhookVerifier {
  const { topicArn, now, freshFor = 3600 } = options;
  const certificates = createSnsCertificates(options);
  return async ({ body }) => {
    const parsed = snsMessage.safeParse(parseJson(body));
    if (!parsed.success) return refused("MALFORMED");
    const message = parsed.data;
    const signature = decodeBase64(message.Signature);
    if (signature === null || !sameText(message.TopicArn, topicArn))
      return refused("BAD_SIGNATURE");
    if (!isCertificateUrl(message.SigningCertURL)) return refused("BAD_SIGNATURE");
    if (!isFresh(new Date(message.Timestamp), now(), freshFor)) return refused("STALE");

    const found = await certificates.find(message.SigningCertURL);
    if (found.status === "unavailable") return { status: "undecided", reason: found.reason };
    if (found.status === "invalid") return refused("BAD_SIGNATURE");
    const signed = Buffer.from(snsStringToSign(message));
    const hash = HASHES[message.SignatureVersion];
    if (!verify(hash, signed, found.certificate.publicKey, signature)) {
      return refused("BAD_SIGNATURE");
    }

    switch (message.Type) {
      case "Notification": {
        const events = sesEvents(parseJson(message.Message), message.MessageId, now());
        return events === null ? refused("MALFORMED") : { status: "accepted", events };
      }
      case "SubscriptionConfirmation":
        return isSnsUrl(message.SubscribeURL)
          ? { status: "confirm", url: message.SubscribeURL }
          : refused("MALFORMED");
      case "UnsubscribeConfirmation":
        return { status: "accepted", events: [] };
    }
  };
}
