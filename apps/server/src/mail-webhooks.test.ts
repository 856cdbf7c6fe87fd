import {
  altered,
  CERTIFICATE_URL,
  fakeSendGrid,
  fakeSns,
  MESSAGE_ID,
  mailgunFailure,
  type Posted,
  postMailgun,
  postmarkBounce,
  postPostmark,
  sendGridBounce,
  sesBounce,
  TOPIC,
} from "@rekey/mail/tests/webhook-fixtures";
import { createSeenTokens } from "@rekey/mail/webhooks/seen-tokens";
import type { MailEvent, WebhookProvider } from "@rekey/mail/webhooks/webhook";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { mailWebhookProviders } from "./mail-webhook-providers.ts";
import { type MailWebhooksOptions, mailWebhooks } from "./mail-webhooks.ts";

const now = new Date();
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const sns = fakeSns();
const sendGrid = fakeSendGrid();
const [user, password] = ["rekey", "a-long-word-nobody-guesses"];
const signingKey = "0123456789abcdef0123456789abcdef";
const configured = {
  WEBHOOK_SES_TOPIC_ARN: TOPIC,
  WEBHOOK_SENDGRID_PUBLIC_KEY: sendGrid.shownKey,
  WEBHOOK_POSTMARK_CREDENTIALS: `${user}:${password}`,
  WEBHOOK_MAILGUN_SIGNING_KEY: signingKey,
};

/** The webhooks as the server has them, and what came of a request. */
function webhooks(
  env: Record<string, string> = configured,
  more: Partial<MailWebhooksOptions> = {},
) {
  const received: [WebhookProvider, MailEvent][] = [];
  const counted: string[] = [];
  const logged: string[] = [];
  const visited: string[] = [];
  const log = (...line: unknown[]) => void logged.push(JSON.stringify(line));
  const routes = mailWebhooks({
    ...mailWebhookProviders({
      seenTokens: createSeenTokens({ life: 3600, limit: 100 }),
      ...readConfig(env),
      now: () => now,
      fetch: async (url, init) => {
        visited.push(url);
        return url.endsWith(".pem") ? sns.fetch(url, init) : new Response("<ConfirmResponse/>");
      },
    }),
    receive: async (provider, events) => {
      for (const event of events) received.push([provider, event]);
    },
    logger: { info: log, warn: log },
    onEvent: (provider, kind) => counted.push(`${provider} ${kind}`),
    ...more,
  });
  const app = new Hono().route("/webhooks/mail", routes);
  app.onError((error, c) => c.json({ reason: "INTERNAL", why: error.message }, 500));

  return {
    received,
    counted,
    logged,
    visited,
    async post(provider: string, { headers, body }: Posted) {
      const response = await app.request(`/webhooks/mail/${provider}`, {
        method: "POST",
        headers,
        body,
      });
      return [response.status, (await response.json()) as Record<string, unknown>] as const;
    },
    get: (path: string) => app.request(path),
  };
}

/** Genuine webhooks about one mail to ada@example.com that came back. */
const genuine: Record<WebhookProvider, (at?: Date) => Posted> = {
  ses: (at = now) => sns.notify(sesBounce, at),
  sendgrid: (at = now) => sendGrid.post([sendGridBounce], at),
  postmark: () => postPostmark(postmarkBounce, user, password),
  mailgun: (at = now) => postMailgun(mailgunFailure, signingKey, at),
};
const providers = Object.keys(genuine) as WebhookProvider[];

describe.each(providers)("%s", (provider) => {
  test("tells of a bounce", async () => {
    const { post, received, counted } = webhooks();
    expect(await post(provider, genuine[provider]())).toEqual([
      200,
      { status: "received", events: 1 },
    ]);
    expect(received).toMatchObject([
      [
        provider,
        {
          kind: "bounced",
          permanent: true,
          address: "ada@example.com",
          messageId: MESSAGE_ID,
          eventId: expect.any(String),
        },
      ],
    ]);
    expect(counted).toEqual([`${provider} bounced`]);
  });

  test("may tell the same again, under the same id", async () => {
    const { post, received } = webhooks();
    const posted = genuine[provider]();
    expect((await post(provider, posted))[0]).toBe(200);
    expect((await post(provider, posted))[0]).toBe(200);
    const [first, second] = received.map(([, event]) => event);
    expect(second).toEqual(first);
  });

  test("is told of a failure with a 500, so that it tells again, and then is heard", async () => {
    let down = true;
    const { post, counted } = webhooks(configured, {
      receive: async () => {
        if (down) throw new Error("the database is down");
      },
    });
    const posted = genuine[provider]();
    expect(await post(provider, posted)).toMatchObject([500, { reason: "INTERNAL" }]);
    expect(counted).toEqual([]);
    down = false;
    expect((await post(provider, posted))[0]).toBe(200);
    expect(counted).toHaveLength(1);
  });

  test("is not there until it is configured", async () => {
    const { post, logged } = webhooks({});
    expect(await post(provider, genuine[provider]())).toEqual([404, { reason: "NOT_FOUND" }]);
    expect(logged).toEqual([]);
  });

  test("is not believed for another provider", async () => {
    const { post, received } = webhooks();
    for (const other of providers.filter((name) => name !== provider)) {
      const [status, { reason }] = await post(other, genuine[provider]());
      expect([status, reason]).toEqual(
        status === 400 ? [400, "MALFORMED"] : [403, "BAD_SIGNATURE"],
      );
    }
    expect(received).toEqual([]);
  });

  test("is not read beyond 1 MB, with a length or without", async () => {
    const { post, received } = webhooks();
    const { headers, body } = genuine[provider]();
    const large = body + " ".repeat(2 * 1024 * 1024);
    expect(await post(provider, { headers, body: large })).toEqual([413, { reason: "TOO_LARGE" }]);
    const told = { ...headers, "content-length": String(large.length) };
    expect((await post(provider, { headers: told, body: large }))[0]).toBe(413);
    expect(received).toEqual([]);
  });

  test("is refused for junk, and no junk is logged", async () => {
    const { post, received, logged } = webhooks();
    const { headers } = genuine[provider]();
    for (const body of ["", "null", "[]", "{}", "{", "junk-junk", "\u0000", '{"__proto__":{}}']) {
      const [status] = await post(provider, { headers, body });
      expect([body, status]).toEqual([body, expect.toBeOneOf([400, 403])]);
    }
    expect(received).toEqual([]);
    expect(logged).toHaveLength(8);
    expect(logged.join()).not.toContain("junk");
  });
});

describe("what is not as it was sent", () => {
  const { body } = genuine.ses();
  const cases: [string, WebhookProvider, () => Posted, string][] = [
    [
      "an altered message of SES",
      "ses",
      () => altered(genuine.ses(), { Message: JSON.parse(body).Message.replace("ada@", "eve@") }),
      "BAD_SIGNATURE",
    ],
    [
      "an altered signature of SES",
      "ses",
      () => altered(genuine.ses(), { Signature: Buffer.alloc(256, 1).toString("base64") }),
      "BAD_SIGNATURE",
    ],
    ["a message of SES from yesterday", "ses", () => genuine.ses(ago(86_400)), "STALE"],
    [
      "a message of another topic",
      "ses",
      () => sns.notify(sesBounce, now, { TopicArn: `${TOPIC}2` }),
      "BAD_SIGNATURE",
    ],
    [
      "a certificate at a look-alike of SNS",
      "ses",
      () =>
        sns.notify(sesBounce, now, {
          SigningCertURL: CERTIFICATE_URL.replace(".com/", ".com.evil.example/"),
        }),
      "BAD_SIGNATURE",
    ],
    [
      "an altered batch of SendGrid",
      "sendgrid",
      () => ({ ...genuine.sendgrid(), body: genuine.sendgrid().body.replace("ada@", "eve@") }),
      "BAD_SIGNATURE",
    ],
    [
      "a batch of SendGrid with the signature of another",
      "sendgrid",
      () => ({ ...genuine.sendgrid(), headers: sendGrid.post([], now).headers }),
      "BAD_SIGNATURE",
    ],
    [
      "a batch of SendGrid from an hour ago",
      "sendgrid",
      () => genuine.sendgrid(ago(3600)),
      "STALE",
    ],
    [
      "a record of Postmark with another password",
      "postmark",
      () => postPostmark(postmarkBounce, user, `${password}2`),
      "BAD_SIGNATURE",
    ],
    [
      "an event of Mailgun with another key",
      "mailgun",
      () => postMailgun(mailgunFailure, `${signingKey}2`, now),
      "BAD_SIGNATURE",
    ],
    ["an event of Mailgun from yesterday", "mailgun", () => genuine.mailgun(ago(86_400)), "STALE"],
  ];

  test.each(cases)("%s is refused", async (_name, provider, posted, reason) => {
    const { post, received, logged, visited } = webhooks();
    expect(await post(provider, posted())).toEqual([403, { reason }]);
    expect(received).toEqual([]);
    expect(visited.filter((url) => url !== CERTIFICATE_URL)).toEqual([]);
    expect(logged).toEqual([JSON.stringify([{ provider, reason }, "mail webhook refused"])]);
  });

  test("a token of Mailgun with another event, which its signature does not cover, is refused", async () => {
    const { post, received } = webhooks();
    const posted = genuine.mailgun();
    expect((await post("mailgun", posted))[0]).toBe(200);
    const eve = { ...mailgunFailure, recipient: "eve@example.com" };
    expect(await post("mailgun", altered(posted, { "event-data": eve }))).toEqual([
      403,
      { reason: "BAD_SIGNATURE" },
    ]);
    expect(received).toHaveLength(1);
  });
});

describe("a subscription of SNS", () => {
  test("is confirmed where SNS says", async () => {
    const { post, visited, logged } = webhooks();
    const posted = sns.askToConfirm(now);
    const { SubscribeURL } = JSON.parse(posted.body);
    expect(await post("ses", posted)).toEqual([200, { status: "confirmed" }]);
    expect(visited).toEqual([CERTIFICATE_URL, SubscribeURL]);
    // The address holds a token.
    expect(logged.join()).not.toContain("Token");
  });

  test("that cannot be confirmed now is asked for again", async () => {
    const confirm = () => Promise.reject(new Error("SNS is down"));
    const { post } = webhooks(configured, { confirm });
    expect((await post("ses", sns.askToConfirm(now)))[0]).toBe(500);
  });
});

test("a certificate that cannot be fetched is no verdict: SNS may try again", async () => {
  const { providers: verifiers } = mailWebhookProviders({
    seenTokens: createSeenTokens({ life: 3600, limit: 100 }),
    ...readConfig(configured),
    now: () => now,
    fetch: async () => new Response("", { status: 500 }),
  });
  const { post, received } = webhooks(configured, { providers: verifiers });
  expect(await post("ses", genuine.ses())).toEqual([503, { reason: "UNAVAILABLE" }]);
  expect(received).toEqual([]);
});

test("other paths and methods are not there", async () => {
  const { post, get } = webhooks();
  for (const name of ["constructor", "__proto__", "resend", "ses/", "ses/x", "SES"]) {
    expect([name, (await post(name, genuine.ses()))[0]]).toEqual([name, 404]);
  }
  expect((await get("/webhooks/mail/ses")).status).toBe(404);
});

test("neither an origin nor a session is asked for", async () => {
  const { post } = webhooks();
  const { headers, body } = genuine.sendgrid();
  const crossSite = { ...headers, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await post("sendgrid", { headers: crossSite, body }))[0]).toBe(200);
});

test("a batch of thousands of events is taken in one piece", async () => {
  const { post, received } = webhooks();
  const batch = Array.from({ length: 2000 }, (_, i) => ({
    ...sendGridBounce,
    sg_event_id: `${i}`,
  }));
  const posted = sendGrid.post(batch, now);
  expect(posted.body.length).toBeGreaterThan(600_000);
  expect(await post("sendgrid", posted)).toEqual([200, { status: "received", events: 2000 }]);
  expect(new Set(received.map(([, { eventId }]) => eventId)).size).toBe(2000);
});
