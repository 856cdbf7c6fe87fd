import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CERTIFICATE_URL,
  fakeSendGrid,
  fakeSns,
  mailgunFailure,
  type Posted,
  postMailgun,
  postmarkBounce,
  postPostmark,
  sendGridBounce,
  sesBounce,
  TOPIC,
  toRequest,
} from "../../tests/webhook-fixtures.ts";
import { mailgunWebhook } from "./mailgun.ts";
import { postmarkWebhook } from "./postmark.ts";
import { sendGridWebhook } from "./sendgrid.ts";
import { sesWebhook } from "./ses.ts";
import type { WebhookVerifier } from "./webhook.ts";

const at = new Date();
const now = () => at;
const sns = fakeSns();
const sendGrid = fakeSendGrid();
const signingKey = "a-signing-key-of-mailgun";
const credentials = { user: "rekey", password: "a-long-word-nobody-guesses" };

const signedInBody = (posted: Posted, read: (json: never) => string) =>
  read(JSON.parse(posted.body) as never);

type Case = {
  provider: string;
  verifier: WebhookVerifier;
  /** A genuine request about `message`. */
  post: (message: unknown) => Posted;
  example: object;
  /** Where the proof stands in the request. */
  proofOf: (posted: Posted) => string;
};

const cases: Case[] = [
  {
    provider: "SES",
    verifier: sesWebhook({ topicArn: TOPIC, fetch: sns.fetch, now }),
    post: (message) => sns.notify(message, at),
    example: sesBounce,
    proofOf: (posted) => signedInBody(posted, ({ Signature }: { Signature: string }) => Signature),
  },
  {
    provider: "SendGrid",
    verifier: sendGridWebhook({ publicKey: sendGrid.publicKey, now }),
    post: (message) => sendGrid.post([message], at),
    example: sendGridBounce,
    proofOf: ({ headers }) => headers["x-twilio-email-event-webhook-signature"] ?? "",
  },
  {
    provider: "Postmark",
    verifier: postmarkWebhook({ credentials, now }),
    post: (message) => postPostmark(message, credentials.user, credentials.password),
    example: postmarkBounce,
    proofOf: ({ headers }) => headers.authorization?.slice("Basic ".length) ?? "",
  },
  {
    provider: "Mailgun",
    verifier: mailgunWebhook({ signingKey, now }),
    post: (message) => postMailgun(message, signingKey, at),
    example: mailgunFailure,
    proofOf: (posted) =>
      signedInBody(
        posted,
        ({ signature }: { signature: { signature: string } }) => signature.signature,
      ),
  },
];

/** The genuine request with another proof in the place of its own. */
function withProof(posted: Posted, own: string, other: string): Posted {
  const headers = Object.entries(posted.headers).map(([name, value]) => [
    name,
    value.replace(own, () => other),
  ]);
  const body = posted.body.replace(JSON.stringify(own), () => JSON.stringify(other));
  return { headers: Object.fromEntries(headers), body };
}

/** A text with one character put in, taken out or replaced. */
function mutate(text: string, place: number, character: string, how: number): string {
  const index = Math.floor(place * text.length);
  const [before, after] = [text.slice(0, index), text.slice(index)];
  if (how === 0) return before + character + after;
  return how === 1 ? before + after.slice(1) : before + character + after.slice(1);
}

/** JSON that has the fields of the real thing, some of them with something else in them. */
const spoilt = (example: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...pathsOf(example)), fc.jsonValue())
    .map(([path, value]) => replaced(example, path, value));

function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...pathsOf(inner).map((path) => [name, ...path]),
  ]);
}

function replaced(target: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(target)) {
    return target.map((item, i) => (String(i) === name ? replaced(item, rest, value) : item));
  }
  const fields = target as Record<string, unknown>;
  return { ...fields, [name]: replaced(fields[name], rest, value) };
}

describe.each(cases)("$provider", ({ verifier, post, example, proofOf }) => {
  test("accepts the real thing", async () => {
    expect(await verifier(toRequest(post(example)))).toMatchObject({
      status: "accepted",
      events: [{ kind: "bounced", permanent: true, address: "ada@example.com" }],
    });
  });

  test("never accepts a proof with a character more, less or different", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.oneof(fc.constantFrom(..."Aa0+/= \n"), fc.string({ minLength: 1, maxLength: 1 })),
        fc.nat(2),
        async (place, character, how) => {
          const posted = post(example);
          const own = proofOf(posted);
          const other = mutate(own, place, character, how);
          fc.pre(other !== own);
          const verdict = await verifier(toRequest(withProof(posted, own, other)));
          expect(verdict).toEqual({ status: "refused", reason: "BAD_SIGNATURE" });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("never accepts a proof that is any other text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (other) => {
        const posted = post(example);
        const verdict = await verifier(toRequest(withProof(posted, proofOf(posted), other)));
        expect(verdict).toEqual({ status: "refused", reason: "BAD_SIGNATURE" });
      }),
    );
  });

  test("answers any bytes, any JSON and any headers, and accepts none of them", async () => {
    const header = fc.oneof(fc.string(), fc.constant(""), fc.constant("Basic eDp5"));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        fc.option(header, { nil: undefined }),
        async (body, value) => {
          expect((await verifier({ header: () => value, body })).status).toBe("refused");
        },
      ),
    );
  });

  test("answers any JSON that is signed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), spoilt(example)), async (message) => {
        const verdict = await verifier(toRequest(post(message)));
        expect(["accepted", "refused"]).toContain(verdict.status);
        for (const event of verdict.status === "accepted" ? verdict.events : []) {
          expect(event.address).toMatch(/^[^@\s]+@[^@\s]+$/);
          expect(event.messageId ?? "<a@b>").toMatch(/^<[^<>@\s]+@[^<>@\s]+>$/);
          expect(event.reason.length).toBeLessThanOrEqual(500);
          expect(event.reason.isWellFormed()).toBe(true);
          expect(event.at.getTime()).not.toBeNaN();
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("no URL but that of a certificate of SNS is ever fetched", async () => {
  const asked: string[] = [];
  const verifier = sesWebhook({
    topicArn: TOPIC,
    now,
    fetch: async (url) => {
      asked.push(url);
      return new Response("", { status: 404 });
    },
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc.nat({ max: CERTIFICATE_URL.length }).chain((index) =>
          fc.string({ minLength: 1, maxLength: 3 }).map((text) => {
            return CERTIFICATE_URL.slice(0, index) + text + CERTIFICATE_URL.slice(index);
          }),
        ),
      ),
      async (SigningCertURL) => {
        await verifier(toRequest(sns.notify(sesBounce, at, { SigningCertURL })));
      },
    ),
    { numRuns: 500 },
  );
  for (const url of asked) {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
    expect([protocol, port, username, password, search, hash]).toEqual([
      "https:",
      "",
      "",
      "",
      "",
      "",
    ]);
    expect(hostname).toMatch(/^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/);
    expect(pathname).toMatch(/^\/SimpleNotificationService-\w+\.pem$/);
  }
});
