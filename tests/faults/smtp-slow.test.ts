import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const REQUESTS = full ? 200 : 10;

let site: FaultSite;
let rekey: SiteProcess;
beforeAll(async () => {
  site = await createFaultSite({ engine: anyEngine });
  [rekey] = await site.start("all");
});
afterEach(() => site.smtp.behave(() => null));
afterAll(() => site?.[Symbol.asyncDispose]());

test("a server that takes a second for each answer delays mails, not requests", async () => {
  const emails = await site.book.addAccounts(2 * REQUESTS);
  const quick = await requestResets({ emails: emails.slice(REQUESTS), apis: [rekey.url] });
  await site.idle(rekey);

  site.smtp.behave(() => ({ after: 1000 }));
  const burst = await requestResets({ emails: emails.slice(0, REQUESTS), apis: [rekey.url] });
  await site.idle(rekey, 600_000);

  const tally = await site.reckon("SMTP slow, 1 s an answer", burst, [
    `median with a quick server ${quick.median.toFixed(0)} ms`,
  ]);
  expect(tally.states).toEqual({ sent: REQUESTS });
  expect(tally.duplicates).toBe(0);
});

test("a connection that hangs after the message holds up its own mail only", async () => {
  const emails = await site.book.addAccounts(REQUESTS);
  const [odd = "", ...others] = emails;
  const arrived = (email: string) => site.smtp.mailsTo(email).some(({ confirmed }) => confirmed);
  let hung = 0;
  // Until all others are there, however long that takes here.
  site.smtp.behave(({ at, to }) => {
    if (at !== "message" || to[0] !== odd || others.every(arrived)) return null;
    hung += 1;
    return { hang: true };
  });
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.smtp.until("the mails of all others", () => others.every(arrived));
  expect(arrived(odd)).toBe(false);
  // In the long form the mailer gives it up by itself, after 20 s of silence.
  if (!full) site.smtp.hangUp();
  await site.idle(rekey);

  const tally = await site.reckon("SMTP hanging after DATA", burst);
  expect(tally.states).toEqual({ sent: REQUESTS });
  // The server had the whole message each time.
  expect(hung).toBeGreaterThan(0);
  expect(tally.duplicates).toBe(hung);
});

test("a server that accepts connections and never greets is given up, and tried again", async () => {
  const emails = await site.book.addAccounts(REQUESTS);
  site.smtp.behave(({ at }) => (at === "greeting" ? { hang: true } : null));
  site.smtp.hangUp();
  const before = site.smtp.connections();
  const hung = site.smtp.misdeeds();
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.smtp.until("connections that are not greeted", () => site.smtp.misdeeds() >= hung + 5);
  const attempts = site.smtp.connections() - before;
  site.smtp.behave(() => null);
  await site.idle(rekey);

  const tally = await site.reckon("SMTP hanging before the greeting", burst, [
    `${attempts} connections hung`,
  ]);
  expect(tally.states).toEqual({ sent: REQUESTS });
  expect(tally.duplicates).toBe(0);
});
