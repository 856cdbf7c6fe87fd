import { expect, test } from "vitest";
import {
  MESSAGE_ID,
  postmarkBounce,
  postPostmark,
  toRequest,
} from "../../tests/webhook-fixtures.ts";
import { postmarkWebhook } from "./postmark.ts";

const now = new Date();
const credentials = { user: "rekey", password: "a-long-word-nobody-guesses" };
const verifier = postmarkWebhook({ credentials, now: () => now });
const judge = (record: unknown, user = credentials.user, password = credentials.password) =>
  verifier(toRequest(postPostmark(record, user, password)));
const outcomeOf = async (change: object) => {
  const verdict = await judge({ ...postmarkBounce, Inactive: false, ...change });
  if (verdict.status !== "accepted") throw new Error(verdict.status);
  const [told] = verdict.events;
  return told && [told.kind, told.permanent];
};

test("a bounce names our mail, if the mail carried its name, and Postmark's", async () => {
  const told = {
    kind: "bounced",
    permanent: true,
    address: "ada@example.com",
    messageId: MESSAGE_ID,
    providerMessageId: postmarkBounce.MessageID,
    reason: `${postmarkBounce.Details} | ${postmarkBounce.Description} | HardBounce`,
    at: new Date("2027-01-27T14:59:38.237Z"),
    eventId: "Bounce/HardBounce/42",
  };
  expect(await judge(postmarkBounce)).toEqual({ status: "accepted", events: [told] });
  const { Metadata, ...bare } = postmarkBounce;
  expect(await judge(bare)).toMatchObject({ events: [{ messageId: null }] });
  const Headers = [{ Name: "Message-ID", Value: MESSAGE_ID }];
  expect(await judge({ ...bare, Headers })).toMatchObject({ events: [{ messageId: MESSAGE_ID }] });
});

test("an address is given up when it does not exist, complains, or Postmark gave it up", async () => {
  expect(await outcomeOf({ Type: "HardBounce" })).toEqual(["bounced", true]);
  expect(await outcomeOf({ Type: "BadEmailAddress" })).toEqual(["bounced", true]);
  expect(await outcomeOf({ Type: "SpamNotification" })).toEqual(["bounced", false]);
  expect(await outcomeOf({ Type: "SpamNotification", Inactive: true })).toEqual(["bounced", true]);
  expect(await outcomeOf({ Type: "SoftBounce" })).toEqual(["bounced", false]);
  expect(await outcomeOf({ Type: "Transient" })).toEqual(["deferred", false]);
  expect(await outcomeOf({ Type: "AutoResponder" })).toBeUndefined();
  expect(await outcomeOf({ RecordType: "SpamComplaint", Type: "SpamComplaint" })).toEqual([
    "complained",
    true,
  ]);
});

test("deliveries are told too, and records of other kinds are heard in silence", async () => {
  const delivery = {
    RecordType: "Delivery",
    MessageID: "m",
    Recipient: "ada@example.com",
    DeliveredAt: "2027-01-27T14:59:38Z",
    Details: "smtp;250 2.0.0 OK",
  };
  expect(await judge(delivery)).toMatchObject({
    events: [{ kind: "delivered", permanent: false, eventId: "Delivery/m/ada@example.com" }],
  });
  expect(await judge({ RecordType: "Open" })).toEqual({ status: "accepted", events: [] });
});

test("only the right user name with the right password is let in", async () => {
  const badSignature = { status: "refused", reason: "BAD_SIGNATURE" };
  const { user, password } = credentials;
  for (const [name, word] of [
    [user, `${password}x`],
    [user, password.slice(1)],
    [user.toUpperCase(), password],
    [user, ""],
    ["", password],
  ]) {
    expect(await judge(postmarkBounce, name, word)).toEqual(badSignature);
  }
  const { body, headers } = postPostmark(postmarkBounce, user, password);
  expect(await verifier(toRequest({ headers: {}, body }))).toEqual(badSignature);
  const bearer = headers.authorization?.replace("Basic", "Bearer") ?? "";
  expect(await verifier(toRequest({ headers: { authorization: bearer }, body }))).toEqual(
    badSignature,
  );
});

test("what is no record is malformed", async () => {
  for (const record of [null, [], {}, "x", { RecordType: "Bounce" }, { RecordType: "Delivery" }]) {
    expect(await judge(record)).toEqual({ status: "refused", reason: "MALFORMED" });
  }
});
