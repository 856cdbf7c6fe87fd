import { simpleParser } from "mailparser";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const REQUESTS = full ? 500 : 60;

let site: FaultSite;
let rekey: SiteProcess;
beforeAll(async () => {
  site = await createFaultSite({ engine: anyEngine });
  [rekey] = await site.start("all");
});
afterEach(() => site.smtp.behave(() => null));
afterAll(() => site?.[Symbol.asyncDispose]());

/** A fresh burst's worth of accounts; the first is the one that something is wrong with. */
async function accounts() {
  const emails = await site.book.addAccounts(REQUESTS);
  const [odd = "", ...others] = emails;
  return { emails, odd, others };
}

const sentTo = (emails: string[]) =>
  emails.filter((email) => site.smtp.mailsTo(email).some(({ confirmed }) => confirmed)).length;

test("451 for one address delays that one only", async () => {
  const { emails, odd, others } = await accounts();
  let refusals = 0;
  site.smtp.behave(({ at, to }) => {
    if (at !== "recipient" || to[0] !== odd) return null;
    if (refusals >= 2 && sentTo(others) === others.length) return null;
    refusals += 1;
    return { say: "451 4.7.1 Greylisted, come back later" };
  });
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.idle(rekey);

  const tally = await site.reckon("SMTP 451 for one address", burst);
  expect(tally.states).toEqual({ sent: REQUESTS });
  expect(tally.duplicates).toBe(0);
  const record = tally.records.find(({ recipientKey }) => recipientKey === odd);
  const outcomes = record?.attempts.map(({ outcome }) => outcome);
  expect(outcomes).toEqual([...Array(refusals).fill("deferred"), "sent"]);
  expect(record?.attempts[0]?.reply).toContain("Greylisted");
});

test("550 for one address bounces that mail at once, with the server's words", async () => {
  const { emails, odd } = await accounts();
  let asked = 0;
  site.smtp.behave(({ at, to }) => {
    if (at !== "recipient" || to[0] !== odd) return null;
    asked += 1;
    return { say: "550 5.1.1 No such user here" };
  });
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.idle(rekey);

  const tally = await site.reckon("SMTP 550 for one address", burst);
  expect(asked).toBe(1);
  expect(tally.states).toEqual({ sent: REQUESTS - 1, bounced: 1 });
  expect(tally.duplicates).toBe(0);
  const record = tally.records.find(({ recipientKey }) => recipientKey === odd);
  expect(record).toMatchObject({ state: "bounced", reason: "550 5.1.1 No such user here" });
});

test("a refusal in many words and signs is recorded, and holds up nobody", async () => {
  const { emails, odd } = await accounts();
  // The record keeps a beginning of it, whose end may fall anywhere.
  site.smtp.behave(({ at, to }) =>
    at === "recipient" && to[0] === odd ? { say: `550 5.1.1 x${"🚫".repeat(300)}` } : null,
  );
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.idle(rekey);

  const tally = await site.reckon("SMTP 550 with a long text", burst);
  expect(tally.states).toEqual({ sent: REQUESTS - 1, bounced: 1 });
  expect(tally.duplicates).toBe(0);
});

test("421 in mid-pool costs a connection and no mail", async () => {
  const { emails } = await accounts();
  // The third mail of every connection, as servers do that limit mails per session.
  site.smtp.hangUp();
  site.smtp.behave(({ at, mail }) =>
    at === "mail" && mail === 3 ? { say: "421 4.7.0 Too many mails in one session" } : null,
  );
  const before = site.smtp.misdeeds();
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.idle(rekey);

  const tally = await site.reckon("SMTP 421 in mid-pool", burst, [
    `${site.smtp.misdeeds() - before} sessions closed`,
  ]);
  expect(site.smtp.misdeeds()).toBeGreaterThan(before);
  expect(tally.states).toEqual({ sent: REQUESTS });
  expect(tally.duplicates).toBe(0);
});

test("a connection that closes between the message and its 250 is tried again with the same mail", async () => {
  const { emails } = await accounts();
  const unlucky = new Set(emails.slice(0, 4));
  site.smtp.behave(({ at, to }) =>
    at === "message" && unlucky.delete(to[0] ?? "") ? { close: true } : null,
  );
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.idle(rekey);

  const tally = await site.reckon("SMTP closed before 250", burst);
  expect(tally.states).toEqual({ sent: REQUESTS });
  // Both sides were left unsure, and the server had kept it: once more is right.
  expect(tally.duplicates).toBe(4);
  for (const email of emails.slice(0, 4)) {
    const [first, second, third] = site.smtp.mailsTo(email);
    expect(third).toBeUndefined();
    expect([first?.confirmed, second?.confirmed]).toEqual([false, true]);
    expect(second?.messageId).toBe(first?.messageId);
    const texts = [first, second].map(
      async (mail) => (await simpleParser(mail?.source ?? "")).text,
    );
    const [text, again] = await Promise.all(texts);
    expect(text).toContain("/reset-password#token=");
    expect(again).toBe(text);
  }
});
