import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const REQUESTS = full ? 200 : 20;

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
  let hung = false;
  site.smtp.behave(({ at, to }) => {
    if (hung || at !== "message" || to[0] !== odd) return null;
    hung = true;
    return { hang: true };
  });
  const burst = await requestResets({ emails, apis: [rekey.url] });
  const arrived = (email: string) => site.smtp.mailsTo(email).some(({ confirmed }) => confirmed);
  await site.smtp.until("the mails of all others", () => others.every(arrived), 15_000);
  expect(arrived(odd)).toBe(false);
  await site.idle(rekey);

  const tally = await site.reckon("SMTP hanging after DATA, once", burst);
  expect(tally.states).toEqual({ sent: REQUESTS });
  // The server had the whole message.
  expect(tally.duplicates).toBe(1);
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
