import { describe, expect, test } from "vitest";
import { daysFromNow, selfSigned } from "../../tests/certificate.ts";
import {
  altered,
  CERTIFICATE_URL,
  fakeSns,
  MESSAGE_ID,
  type Posted,
  sesBounce,
  TOPIC,
  toRequest,
} from "../../tests/webhook-fixtures.ts";
import { type SesOptions, sesWebhook } from "./ses.ts";

const now = new Date();
const sns = fakeSns();

function judge(posted: Posted, options: Partial<SesOptions> = {}) {
  const verifier = sesWebhook({ topicArn: TOPIC, fetch: sns.fetch, now: () => now, ...options });
  return verifier(toRequest(posted));
}
const eventsOf = async (message: unknown) => {
  const verdict = await judge(sns.notify(message, now));
  return verdict.status === "accepted" ? verdict.events : verdict;
};
const badSignature = { status: "refused", reason: "BAD_SIGNATURE" };

describe("what SES tells", () => {
  test("a permanent bounce names our mail, SES's, and the server's words", async () => {
    expect(await eventsOf(sesBounce)).toEqual([
      {
        kind: "bounced",
        permanent: true,
        address: "ada@example.com",
        messageId: MESSAGE_ID,
        providerMessageId: sesBounce.mail.messageId,
        reason: "smtp; 550 5.1.1 <ada@example.com>... User unknown | Permanent | General",
        at: new Date("2027-01-27T14:59:38.237Z"),
        eventId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324/0",
      },
    ]);
  });

  test("event publishing says the same under another name", async () => {
    const { notificationType, ...rest } = sesBounce;
    expect(await eventsOf({ eventType: notificationType, ...rest })).toEqual(
      await eventsOf(sesBounce),
    );
  });

  test("a bounce that may pass, or that nobody understands, is not the address's fault", async () => {
    for (const bounceType of ["Transient", "Undetermined"]) {
      const bounce = { ...sesBounce.bounce, bounceType };
      expect(await eventsOf({ ...sesBounce, bounce })).toMatchObject([
        { kind: "bounced", permanent: false },
      ]);
    }
  });

  test("complaints count for each address named, unless they say it is no spam", async () => {
    const complaint = {
      complainedRecipients: [{ emailAddress: "ada@example.com" }, { emailAddress: "b@c.example" }],
      timestamp: "2027-01-27T14:59:38.237Z",
      complaintFeedbackType: "abuse",
    };
    const told = { notificationType: "Complaint", complaint, mail: sesBounce.mail };
    expect(await eventsOf(told)).toMatchObject([
      { kind: "complained", permanent: true, address: "ada@example.com", reason: "abuse" },
      { kind: "complained", address: "b@c.example", eventId: expect.stringMatching("/1$") },
    ]);
    const notSpam = { ...complaint, complaintFeedbackType: "not-spam" };
    expect(await eventsOf({ ...told, complaint: notSpam })).toEqual([]);
  });

  test("deliveries and delays are told too", async () => {
    const { mail } = sesBounce;
    const delivery = { recipients: ["ada@example.com"], smtpResponse: "250 ok:  Message 64" };
    expect(await eventsOf({ notificationType: "Delivery", delivery, mail })).toMatchObject([
      { kind: "delivered", permanent: false, reason: "250 ok: Message 64", at: now },
    ]);
    const deliveryDelay = {
      delayedRecipients: [{ emailAddress: "ada@example.com", diagnosticCode: "smtp; 451 busy" }],
      delayType: "TransientCommunicationFailure",
    };
    expect(await eventsOf({ eventType: "DeliveryDelay", deliveryDelay, mail })).toMatchObject([
      { kind: "deferred", permanent: false },
    ]);
  });

  test("without the original headers, there is SES's name for the mail only", async () => {
    const { headers, commonHeaders, ...mail } = sesBounce.mail;
    expect(await eventsOf({ ...sesBounce, mail })).toMatchObject([
      { messageId: null, providerMessageId: mail.messageId },
    ]);
    const headersCut = { ...mail, commonHeaders: { messageId: MESSAGE_ID } };
    expect(await eventsOf({ ...sesBounce, mail: headersCut })).toMatchObject([
      { messageId: MESSAGE_ID },
    ]);
  });

  test("the text with which SES tries a topic, and events of other kinds, are heard in silence", async () => {
    expect(
      await eventsOf("Successfully validated SNS topic for Amazon SES event publishing."),
    ).toEqual([]);
    expect(await eventsOf({ eventType: "Open", mail: sesBounce.mail, open: {} })).toEqual([]);
    expect(await eventsOf({ notificationType: "AmazonSnsSubscriptionSucceeded" })).toEqual([]);
    expect(await eventsOf({ ...sesBounce, bounce: null })).toEqual({
      status: "refused",
      reason: "MALFORMED",
    });
  });
});

describe("what SNS signs", () => {
  test("both versions of the signature are verified, with a subject and without", async () => {
    for (const SignatureVersion of ["1", "2"] as const) {
      for (const subject of [{}, { Subject: "Amazon SES Email Event Notification" }]) {
        const posted = sns.notify(sesBounce, now, { SignatureVersion, ...subject });
        expect(await judge(posted)).toMatchObject({ status: "accepted" });
        expect(await judge(altered(posted, { Subject: "Another" }))).toEqual(badSignature);
      }
    }
  });

  test("any field altered is a bad signature", async () => {
    const posted = sns.notify(sesBounce, now);
    const message = JSON.stringify(sesBounce).replaceAll("ada@", "eve@");
    for (const change of [
      { Message: message },
      { MessageId: "another" },
      { Timestamp: new Date(now.getTime() - 1000).toISOString() },
      { SignatureVersion: "1" },
      { Signature: Buffer.alloc(256).toString("base64") },
      { Signature: `${JSON.parse(posted.body).Signature} ` },
      { Signature: "" },
    ]) {
      expect([change, await judge(altered(posted, change))]).toEqual([change, badSignature]);
    }
  });

  test("somebody else's certificate is not enough", async () => {
    const stranger = fakeSns();
    expect(await judge(stranger.notify(sesBounce, now))).toEqual(badSignature);
  });

  test("a topic that is not ours is refused, however genuine", async () => {
    const posted = sns.notify(sesBounce, now, { TopicArn: `${TOPIC}-of-somebody-else` });
    expect(await judge(posted)).toEqual(badSignature);
  });

  test("a message older than an hour is stale, and costs no fetch", async () => {
    const fresh = fakeSns();
    const old = new Date(now.getTime() - 3_601_000);
    const verdict = await judge(fresh.notify(sesBounce, old), { fetch: fresh.fetch });
    expect(verdict).toEqual({ status: "refused", reason: "STALE" });
    expect(fresh.fetched).toEqual([]);
  });

  test("a subscription is confirmed at SNS and nowhere else", async () => {
    const posted = sns.askToConfirm(now);
    const { SubscribeURL } = JSON.parse(posted.body);
    expect(await judge(posted)).toEqual({ status: "confirm", url: SubscribeURL });
    const elsewhere = "https://sns.eu-central-1.amazonaws.com.evil.example/?Action=x";
    expect(await judge(altered(posted, { SubscribeURL: elsewhere }))).toEqual(badSignature);
    const withUser = "https://user:pass@sns.eu-central-1.amazonaws.com/?Action=x";
    const plain = "http://sns.eu-central-1.amazonaws.com/?Action=x";
    for (const SubscribeURL of [elsewhere, withUser, plain]) {
      expect(await judge(sns.askToConfirm(now, { SubscribeURL }))).toEqual({
        status: "refused",
        reason: "MALFORMED",
      });
    }
    const goodbye = sns.askToConfirm(now, { Type: "UnsubscribeConfirmation" });
    expect(await judge(goodbye)).toEqual({ status: "accepted", events: [] });
  });
});

describe("the certificate", () => {
  const at = (SigningCertURL: string) => sns.notify(sesBounce, now, { SigningCertURL });

  test("is asked for at SNS only, whatever a message says", async () => {
    const fresh = fakeSns();
    const path = new URL(CERTIFICATE_URL).pathname;
    for (const url of [
      CERTIFICATE_URL.replace("https:", "http:"),
      `https://sns.eu-central-1.amazonaws.com.evil.example${path}`,
      `https://evil.example/sns.eu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com@evil.example${path}`,
      `https://user:pass@sns.eu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com:8443${path}`,
      `https://sns.eu-central-1.amazonaws.com\\@evil.example${path}`,
      `https://snsxeu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.evil.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.co${path}`,
      `https://bucket.s3.amazonaws.com${path}`,
      `https://sns.s3.amazonaws.com${path}`,
      `https://sns.s3-eu-central-1.amazonaws.com${path}`,
      `https://sns.s3-us-gov-west-1.amazonaws.com${path}`,
      `https://sns.s3-website-us-east-1.amazonaws.com${path}`,
      `https://sns.s3-external-1.amazonaws.com${path}`,
      `https://sns.s3-accelerate.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com/?Action=GetSubscriptionAttributes&x=.pem`,
      `https://sns.eu-central-1.amazonaws.com/x/..${path}`,
      `${CERTIFICATE_URL}?x=1`,
      `${CERTIFICATE_URL}#x`,
      `\t${CERTIFICATE_URL}`,
      "sns.eu-central-1.amazonaws.com",
      "",
    ]) {
      expect([url, await judge(at(url), { fetch: fresh.fetch })]).toEqual([url, badSignature]);
    }
    expect(fresh.fetched).toEqual([]);
    const china = CERTIFICATE_URL.replace(
      "eu-central-1.amazonaws.com",
      "cn-north-1.amazonaws.com.cn",
    );
    expect(await judge(at(china))).toMatchObject({ status: "accepted" });
  });

  test("is fetched once for many messages, also for those that come together", async () => {
    const fresh = fakeSns();
    const verifier = sesWebhook({ topicArn: TOPIC, fetch: fresh.fetch, now: () => now });
    const request = toRequest(fresh.notify(sesBounce, now));
    const verdicts = await Promise.all([1, 2, 3].map(() => verifier(request)));
    verdicts.push(await verifier(request));
    expect(verdicts.map(({ status }) => status)).toEqual(Array(4).fill("accepted"));
    expect(fresh.fetched).toEqual([CERTIFICATE_URL]);
  });

  test("must be valid today", async () => {
    for (const validity of [
      { notAfter: daysFromNow(-0.5) },
      { notBefore: daysFromNow(0.5) },
      { keyType: "ec" as const },
    ]) {
      const certificate = selfSigned({ keyType: "rsa", ...validity });
      const expired = fakeSns({ certificate });
      const posted = expired.notify(sesBounce, now);
      expect(await judge(posted, { fetch: expired.fetch })).toEqual(badSignature);
    }
  });

  test("that cannot be had leaves the message undecided, and the next one asks again", async () => {
    const posted = sns.notify(sesBounce, now);
    const answers = [
      async () => new Response("", { status: 503 }),
      async () => Promise.reject(new TypeError("fetch failed")),
      (_url: string, { signal }: { signal: AbortSignal }) =>
        new Promise<Response>((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
      sns.fetch,
    ];
    const verifier = sesWebhook({
      topicArn: TOPIC,
      now: () => now,
      deadline: 20,
      fetch: (url, init) => {
        expect(init.redirect).toBe("error");
        return (answers.shift() ?? sns.fetch)(url, init);
      },
    });
    for (const status of ["undecided", "undecided", "undecided", "accepted"]) {
      expect(await verifier(toRequest(posted))).toMatchObject({ status });
    }
  });

  test("of endless length is not read to its end", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const posted = sns.notify(sesBounce, now);
    expect(await judge(posted, { fetch: async () => new Response(endless) })).toEqual(badSignature);
    expect(sent).toBeLessThan(10);
    const junk = { fetch: async () => new Response("<html>not a certificate</html>") };
    expect(await judge(posted, junk)).toEqual(badSignature);
  });
});
