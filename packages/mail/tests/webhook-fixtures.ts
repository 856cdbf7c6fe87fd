import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Fetch } from "../src/webhooks/sns-certificate.ts";
import { type SnsMessage, snsStringToSign } from "../src/webhooks/sns-message.ts";
import type { WebhookRequest } from "../src/webhooks/webhook.ts";
import { type Certificate, selfSigned } from "./certificate.ts";

/** A webhook as it goes over the wire. */
export type Posted = { headers: Record<string, string>; body: string };

export function toRequest({ headers, body }: Posted): WebhookRequest {
  return { header: (name) => headers[name], body: Buffer.from(body) };
}

/* What providers document, about one mail to ada@example.com. */
export const MESSAGE_ID = "<0198f5c6-8a1e-7c3b-9d55-2f6a3c1b7e10@example.com>";
export const TOPIC = "arn:aws:sns:eu-central-1:123456789012:rekey-mail";
export const CERTIFICATE_URL =
  "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem";

export const sesBounce = {
  notificationType: "Bounce",
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [
      {
        emailAddress: "ada@example.com",
        status: "5.1.1",
        action: "failed",
        diagnosticCode: "smtp; 550 5.1.1 <ada@example.com>... User unknown",
      },
    ],
    timestamp: "2027-01-27T14:59:38.237Z",
    feedbackId: "00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-000000",
  },
  mail: {
    timestamp: "2027-01-27T14:59:38.237Z",
    source: "no-reply@example.com",
    messageId: "00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000",
    destination: ["ada@example.com"],
    headersTruncated: false,
    headers: [
      { name: "From", value: "Rekey <no-reply@example.com>" },
      { name: "Message-ID", value: MESSAGE_ID },
    ],
    commonHeaders: { from: ["Rekey <no-reply@example.com>"], messageId: MESSAGE_ID },
  },
};

export const sendGridBounce = {
  email: "ada@example.com",
  timestamp: 1801061978,
  "smtp-id": MESSAGE_ID,
  event: "bounce",
  type: "bounce",
  category: "cat facts",
  sg_event_id: "6g4ZI7SA-xmRDv57GoPIPw==",
  sg_message_id: "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
  reason: "550 5.1.1 The email account that you tried to reach does not exist",
  status: "5.1.1",
};

export const postmarkBounce = {
  RecordType: "Bounce",
  ID: 42,
  Type: "HardBounce",
  TypeCode: 1,
  Name: "Hard bounce",
  MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
  Metadata: { "message-id": MESSAGE_ID },
  Description: "The server was unable to deliver your message (ex: unknown user).",
  Details: "smtp;550 5.1.1 User unknown",
  Email: "ada@example.com",
  From: "no-reply@example.com",
  BouncedAt: "2027-01-27T10:59:38.2375393-04:00",
  DumpAvailable: true,
  Inactive: true,
  CanActivate: true,
};

export const mailgunFailure = {
  event: "failed",
  id: "G9Bn5sl1TC6nu79C8C0bwg",
  timestamp: 1801061978.375624,
  severity: "permanent",
  reason: "bounce",
  recipient: "ada@example.com",
  message: {
    headers: {
      to: "ada@example.com",
      "message-id": MESSAGE_ID.slice(1, -1),
      subject: "Reset your password",
    },
    attachments: [],
    size: 111,
  },
  "delivery-status": { code: 550, message: "5.1.1 User unknown", description: "", "attempt-no": 1 },
};

/** An SNS of our own: signs as SNS does, and hands its certificate out as SNS does. */
export function fakeSns({ certificate = selfSigned({ keyType: "rsa" }) } = {}) {
  const fetched: string[] = [];
  const fetch: Fetch = async (url) => {
    fetched.push(url);
    return new Response(certificate.cert);
  };

  return {
    certificate,
    fetch,
    fetched,
    notify(message: unknown, at: Date, change: Partial<SnsMessage> = {}): Posted {
      return post(certificate, at, {
        Type: "Notification",
        Message: typeof message === "string" ? message : JSON.stringify(message),
        ...change,
      });
    },
    askToConfirm(at: Date, change: Partial<SnsMessage> = {}): Posted {
      return post(certificate, at, {
        Type: "SubscriptionConfirmation",
        Message: "You have chosen to subscribe to the topic.\nTo confirm, visit the SubscribeURL.",
        Token: "2336412f37fb687f5d51e6e241d59b68",
        SubscribeURL: `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f`,
        ...change,
      });
    },
  };
}

function post({ key }: Certificate, at: Date, change: object): Posted {
  const message = {
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: TOPIC,
    Timestamp: at.toISOString(),
    SignatureVersion: "2",
    SigningCertURL: CERTIFICATE_URL,
    ...change,
  } as SnsMessage;
  const hash = message.SignatureVersion === "1" ? "sha1" : "sha256";
  const Signature = sign(hash, Buffer.from(snsStringToSign(message)), key).toString("base64");
  return {
    headers: { "content-type": "text/plain; charset=UTF-8" },
    body: JSON.stringify({ ...message, Signature }, null, 2),
  };
}

/** A SendGrid account of our own. */
export function fakeSendGrid() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    publicKey,
    /** As SendGrid shows it. */
    shownKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    post: (events: unknown, at: Date) => signSendGrid(JSON.stringify(events), at, privateKey),
  };
}

function signSendGrid(body: string, at: Date, key: KeyObject): Posted {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    headers: {
      "content-type": "application/json",
      "x-twilio-email-event-webhook-timestamp": timestamp,
      "x-twilio-email-event-webhook-signature": sign(
        "sha256",
        Buffer.from(timestamp + body),
        key,
      ).toString("base64"),
    },
    body,
  };
}

export function postPostmark(record: unknown, user: string, password: string): Posted {
  const credentials = Buffer.from(`${user}:${password}`).toString("base64");
  return {
    headers: { "content-type": "application/json", authorization: `Basic ${credentials}` },
    body: JSON.stringify(record),
  };
}

export function postMailgun(data: unknown, signingKey: string, at: Date): Posted {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const token = randomBytes(25).toString("hex");
  const signature = createHmac("sha256", signingKey)
    .update(timestamp + token)
    .digest("hex");
  return {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ signature: { timestamp, token, signature }, "event-data": data }),
  };
}

/** The same request with some of its JSON body changed. */
export function altered(posted: Posted, change: object): Posted {
  return { ...posted, body: JSON.stringify({ ...JSON.parse(posted.body), ...change }) };
}
