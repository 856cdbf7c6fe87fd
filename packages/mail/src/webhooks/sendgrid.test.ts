import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import {
  fakeSendGrid,
  MESSAGE_ID,
  type Posted,
  sendGridBounce,
  toRequest,
} from "../../tests/webhook-fixtures.ts";
import { sendGridKey, sendGridWebhook } from "./sendgrid.ts";

const now = new Date();
const sendGrid = fakeSendGrid();
const verifier = sendGridWebhook({ publicKey: sendGrid.publicKey, now: () => now });
const judge = (posted: Posted) => verifier(toRequest(posted));
const outcomeOf = async (event: object) => {
  const verdict = await judge(sendGrid.post([{ ...sendGridBounce, ...event }], now));
  if (verdict.status !== "accepted") throw new Error(verdict.status);
  const [told] = verdict.events;
  return told && [told.kind, told.permanent];
};
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test("a bounce names our mail, and the server's words", async () => {
  expect(await judge(sendGrid.post([sendGridBounce], now))).toEqual({
    status: "accepted",
    events: [
      {
        kind: "bounced",
        permanent: true,
        address: "ada@example.com",
        messageId: MESSAGE_ID,
        providerMessageId: sendGridBounce.sg_message_id,
        reason: `${sendGridBounce.reason} | 5.1.1`,
        at: new Date(sendGridBounce.timestamp * 1000),
        eventId: sendGridBounce.sg_event_id,
      },
    ],
  });
});

test("what is the address's fault is permanent, what is the mail's is not", async () => {
  expect(await outcomeOf({ type: "blocked" })).toEqual(["bounced", false]);
  for (const reason of ["Bounced Address", "Invalid"]) {
    expect(await outcomeOf({ event: "dropped", reason })).toEqual(["bounced", true]);
  }
  for (const reason of [
    "Spam Content (if spam checker app enabled)",
    "Spam Reporting Address",
    "Unsubscribed Address",
  ]) {
    expect(await outcomeOf({ event: "dropped", reason })).toEqual(["bounced", false]);
  }
  expect(await outcomeOf({ event: "spamreport" })).toEqual(["complained", true]);
  expect(await outcomeOf({ event: "delivered" })).toEqual(["delivered", false]);
  expect(await outcomeOf({ event: "deferred" })).toEqual(["deferred", false]);
  expect(await outcomeOf({ event: "open" })).toBeUndefined();
});

test("one event that is not understood does not keep the others from being heard", async () => {
  const batch = [null, "x", { event: "bounce" }, sendGridBounce, { ...sendGridBounce, email: "x" }];
  const verdict = await judge(sendGrid.post(batch, now));
  expect(verdict).toMatchObject({ status: "accepted", events: [{ address: "ada@example.com" }] });
});

test("the signature is over every byte, and the time", async () => {
  const posted = sendGrid.post([sendGridBounce], now);
  const { headers, body } = posted;
  const badSignature = { status: "refused", reason: "BAD_SIGNATURE" };
  expect(await judge({ headers, body: `${body} ` })).toEqual(badSignature);
  expect(await judge({ headers, body: body.replace("ada@", "eve@") })).toEqual(badSignature);
  expect(await judge({ headers: {}, body })).toEqual(badSignature);
  for (const timestamp of [String(Math.floor(now.getTime() / 1000) - 1), "", "-1", "1e9", "now"]) {
    const changed = { ...headers, "x-twilio-email-event-webhook-timestamp": timestamp };
    expect(await judge({ headers: changed, body })).toEqual(badSignature);
  }
  const stranger = fakeSendGrid();
  expect(await judge(stranger.post([sendGridBounce], now))).toEqual(badSignature);
});

test("a signature holds for five minutes", async () => {
  expect(await judge(sendGrid.post([], ago(299)))).toMatchObject({ status: "accepted" });
  for (const seconds of [302, 86_400, -302]) {
    expect(await judge(sendGrid.post([], ago(seconds)))).toEqual({
      status: "refused",
      reason: "STALE",
    });
  }
});

test("what is signed and no batch is malformed", async () => {
  expect(await judge(sendGrid.post({ event: "bounce" }, now))).toEqual({
    status: "refused",
    reason: "MALFORMED",
  });
});

test("the key is the one that SendGrid shows, and no other kind of key", () => {
  expect(sendGridKey(sendGrid.shownKey)?.equals(sendGrid.publicKey)).toBe(true);
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  for (const key of [p384, rsa]) {
    expect(sendGridKey(key.export({ format: "der", type: "spki" }).toString("base64"))).toBeNull();
  }
  expect(sendGridKey("junk")).toBeNull();
});
