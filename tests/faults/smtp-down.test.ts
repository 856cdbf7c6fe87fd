import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite, IN_HAND, readiness } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";
import type { Misbehaviour, Step } from "./support/smtp-server.ts";

const REQUESTS = full ? 1000 : 100;
/** Looks of the circuit at a server that is down before it comes up: each later than the last. */
const PROBES = full ? 5 : 3;

let site: FaultSite;
let rekey: SiteProcess;
beforeAll(async () => {
  site = await createFaultSite({ engine: anyEngine });
  [rekey] = await site.start("all");
});
afterEach(() => site.smtp.behave(() => null));
afterAll(() => site?.[Symbol.asyncDispose]());

async function circuitIs(process: SiteProcess, state: string) {
  await vi.waitFor(async () => expect((await readiness(process)).circuit).toBe(state), {
    timeout: 60_000,
    interval: 50,
  });
}

/** Every mail waits while the server does `wrong`, almost unasked, and goes by itself afterwards. */
async function standsIt(title: string, wrong: (step: Step) => Misbehaviour) {
  const emails = await site.book.addAccounts(REQUESTS + 20);
  const healthy = await requestResets({ emails: emails.slice(REQUESTS), apis: [rekey.url] });
  await site.idle(rekey);

  site.smtp.behave(wrong);
  site.smtp.hangUp();
  const before = site.smtp.connections();
  const burst = await requestResets({ emails: emails.slice(0, REQUESTS), apis: [rekey.url] });
  await circuitIs(rekey, "open");
  expect((await readiness(rekey)).status).toBe(200);
  const opened = site.smtp.connections();
  await site.smtp.until(
    `${PROBES} probes of a server that is down`,
    () => site.smtp.connections() >= opened + PROBES,
    120_000,
  );
  const attempts = site.smtp.connections() - before;
  const early = site.smtp.mails.filter(({ to }) => burst.emails.includes(to)).length;

  site.smtp.behave(() => null);
  const up = performance.now();
  await circuitIs(rekey, "closed");
  await site.idle(rekey);
  const recovery = (performance.now() - up) / 1000;
  const tally = await site.reckon(title, burst, [
    `${attempts} connections while it lasted`,
    `all sent ${recovery.toFixed(1)} s after it`,
    `median before it ${healthy.median.toFixed(0)} ms`,
  ]);
  expect(burst.tries).toBe(REQUESTS);
  // Before the circuit is open: what is in hand, which nodemailer may try twice, and a few more.
  expect(attempts).toBeLessThanOrEqual(2 * IN_HAND + PROBES + 20);
  expect(early).toBe(0);
  expect(tally.states).toEqual({ sent: REQUESTS });
  expect(tally.duplicates).toBe(0);
}

test("mails to a server that is down wait, and go by themselves when it is up", () =>
  standsIt("SMTP down, then up", ({ at }) => (at === "greeting" ? { close: true } : null)));

test("mails to a server that turns every session away wait likewise", () =>
  standsIt("SMTP 421 for everybody", ({ at }) =>
    at === "greeting" ? { say: "421 4.3.2 Service not available" } : null,
  ));

test("mails to a server that refuses our sender wait likewise: that is ours to mend", () =>
  standsIt("SMTP 550 for the sender", ({ at }) =>
    at === "mail" ? { say: "550 5.1.8 Sender rejected" } : null,
  ));
