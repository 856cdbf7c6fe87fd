import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  altered,
  MESSAGE_ID,
  mailgunFailure,
  type Posted,
  postMailgun,
  toRequest,
} from "../../tests/webhook-fixtures.ts";
import { mailgunWebhook } from "./mailgun.ts";
import type { WebhookRequest } from "./webhook.ts";

const now = new Date();
const signingKey = "a-signing-key-of-mailgun";
const verifier = mailgunWebhook({ signingKey, now: () => now });
const judge = (posted: Posted) => verifier(toRequest(posted));
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const outcomeOf = async (change: object) => {
  const verdict = await judge(postMailgun({ ...mailgunFailure, ...change }, signingKey, now));
  if (verdict.status !== "accepted") throw new Error(verdict.status);
  const [told] = verdict.events;
  return told && [told.kind, told.permanent];
};
const badSignature = { status: "refused", reason: "BAD_SIGNATURE" };
const eve = { ...mailgunFailure, recipient: "eve@example.com" };

test("a permanent failure names our mail, and the server's words", async () => {
  expect(await judge(postMailgun(mailgunFailure, signingKey, now))).toEqual({
    status: "accepted",
    events: [
      {
        kind: "bounced",
        permanent: true,
        address: "ada@example.com",
        messageId: MESSAGE_ID,
        providerMessageId: null,
        reason: "5.1.1 User unknown | bounce",
        at: new Date(1801061978_375),
        eventId: "G9Bn5sl1TC6nu79C8C0bwg/1801061978.375624",
      },
    ],
  });
});

test("what is the address's fault is permanent, what is not is not", async () => {
  expect(await outcomeOf({ severity: "temporary" })).toEqual(["deferred", false]);
  expect(await outcomeOf({ reason: "suppress-bounce" })).toEqual(["bounced", true]);
  for (const reason of ["old", "espblock", "suppress-unsubscribe"]) {
    expect(await outcomeOf({ reason })).toEqual(["bounced", false]);
  }
  expect(await outcomeOf({ event: "complained" })).toEqual(["complained", true]);
  expect(await outcomeOf({ event: "delivered" })).toEqual(["delivered", false]);
  expect(await outcomeOf({ event: "opened" })).toBeUndefined();
});

test("the signature is over the time and the token", async () => {
  const posted = postMailgun(mailgunFailure, signingKey, now);
  const { signature } = JSON.parse(posted.body);
  for (const change of [
    { timestamp: String(Number(signature.timestamp) - 1) },
    { token: `${signature.token}0` },
    { signature: signature.signature.toUpperCase() },
    { signature: signature.signature.slice(2) },
    { signature: "" },
  ]) {
    expect(await judge(altered(posted, { signature: { ...signature, ...change } }))).toEqual(
      badSignature,
    );
  }
  expect(await judge(postMailgun(mailgunFailure, "another-key", now))).toEqual(badSignature);
});

test("a token stands for the event it first came with: the same again, and no other", async () => {
  const posted = postMailgun(mailgunFailure, signingKey, now);
  const first = await judge(posted);
  expect(first.status).toBe("accepted");
  expect(await judge(posted)).toEqual(first);
  expect(await judge(altered(posted, { "event-data": eve }))).toEqual(badSignature);
  expect(await judge(posted)).toEqual(first);
});

test("an event that tells us nothing uses its token up all the same", async () => {
  const opened = postMailgun({ ...mailgunFailure, event: "opened" }, signingKey, now);
  expect(await judge(opened)).toEqual({ status: "accepted", events: [] });
  expect(await judge(altered(opened, { "event-data": eve }))).toEqual(badSignature);
});

test("tokens are forgotten when their time is over, and the oldest when there are too many", async () => {
  let time = now;
  const small = mailgunWebhook({
    signingKey,
    now: () => time,
    freshFor: 60,
    rememberTokens: 2,
  });
  const posted = [1, 2, 3].map(() => postMailgun(mailgunFailure, signingKey, now));
  for (const one of posted) expect(await small(toRequest(one))).toMatchObject({ events: [{}] });
  const forged = posted.map((one) => toRequest(altered(one, { "event-data": eve })));
  expect(await Promise.all(forged.slice(1).map(small))).toEqual([badSignature, badSignature]);
  expect(await small(forged[0] as WebhookRequest)).toMatchObject({ status: "accepted" });
  time = new Date(now.getTime() + 61_000);
  for (const one of forged) {
    expect(await small(one)).toEqual({ status: "refused", reason: "STALE" });
  }
});

test("without the memory of tokens nothing is decided", async () => {
  const seen = { admits: () => Promise.reject(new Error("the database is away")) };
  const forgetful = mailgunWebhook({ signingKey, now: () => now, seen });
  const verdict = await forgetful(toRequest(postMailgun(mailgunFailure, signingKey, now)));
  expect(verdict).toEqual({
    status: "undecided",
    reason: "Tokens cannot be looked up: the database is away",
  });
});

test("a signature holds while Mailgun may still be trying, and no longer", async () => {
  const hours = 3600;
  expect(await judge(postMailgun(mailgunFailure, signingKey, ago(8 * hours)))).toMatchObject({
    status: "accepted",
  });
  for (const seconds of [9 * hours, -400]) {
    expect(await judge(postMailgun(mailgunFailure, signingKey, ago(seconds)))).toEqual({
      status: "refused",
      reason: "STALE",
    });
  }
});

test("an event of a subaccount carries the signature of the account above it", async () => {
  const posted = postMailgun(mailgunFailure, "key-of-the-subaccount", now);
  const { signature } = JSON.parse(posted.body);
  const parent = createHmac("sha256", signingKey)
    .update(signature.timestamp + signature.token)
    .digest("hex");
  const both = { signature: { ...signature, "parent-signature": parent } };
  expect(await judge(altered(posted, both))).toMatchObject({ status: "accepted" });
});

test("what is no webhook of Mailgun's is malformed", async () => {
  for (const body of ["", "null", "[]", '{"signature":{}}', "timestamp=1&token=2&signature=3"]) {
    expect(await judge({ headers: {}, body })).toEqual({ status: "refused", reason: "MALFORMED" });
  }
});
