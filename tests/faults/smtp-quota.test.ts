import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite, readiness } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const REQUESTS = full ? 500 : 60;
/** Seconds for which there is no quota left, and refusals in that time at least. */
const LASTS = full ? 15 * 60 : 10;
const REFUSALS = full ? 100 : 20;
/** Enough for the quota to last, the refusals to come and the circuit to close. */
const TIMEOUT_MS = (2 * LASTS + 900) * 1000;

let site: FaultSite;
let rekey: SiteProcess;
beforeAll(async () => {
  site = await createFaultSite({ engine: anyEngine, env: { RESET_TOKEN_TTL: "86400" } });
  [rekey] = await site.start("all");
});
afterAll(() => site?.[Symbol.asyncDispose]());

const metrics = async () => (await fetch(`${rekey.url}/metrics`)).text();

test(
  "mails that a used-up quota refuses wait, the operator is told why, and all go when there is room",
  async () => {
    const emails = await site.book.addAccounts(REQUESTS);
    site.smtp.behave(({ at }) =>
      at === "message" ? { say: "550 5.4.5 Daily user sending limit exceeded" } : null,
    );
    const began = performance.now();
    const burst = await requestResets({ emails, apis: [rekey.url] });
    await vi.waitFor(async () => expect((await readiness(rekey)).circuit).toBe("open"), 60_000);
    await site.smtp.until(
      "refusals while the quota is used up",
      () => site.smtp.misdeeds() >= REFUSALS && performance.now() - began >= LASTS * 1000,
      (LASTS + 300) * 1000,
    );
    const refused = site.smtp.misdeeds();
    // Through its probes and trials it is never taken for mended.
    expect(await metrics()).toMatch(/^rekey_smtp_circuit_state [12]$/m);
    expect(await metrics()).toMatch(/^rekey_mail_refusals_total\{cause="limit"\} \d+$/m);
    expect(site.smtp.mails).toEqual([]);

    site.smtp.behave(() => null);
    await site.idle(rekey, 180_000);
    const tally = await site.reckon("SMTP quota used up", burst, [`${refused} refusals meanwhile`]);
    expect(tally.states).toEqual({ sent: REQUESTS });
    expect(tally.duplicates).toBe(0);
    expect((await readiness(rekey)).circuit).toBe("closed");
  },
  TIMEOUT_MS,
);
