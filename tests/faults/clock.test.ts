import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createApiClient } from "../support/api-client.ts";
import { noPostgres } from "../support/rekey.ts";
import { skipAs } from "../support/skip.ts";
import { requestResets } from "./support/burst.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, type FaultSite } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const REQUESTS = full ? 500 : 60;
const HOUR = 3_600_000;

const preload = pathToFileURL(join(import.meta.dirname, "support/shift-clock.ts")).href;
const clockOff = (milliseconds: number) => ({
  NODE_OPTIONS: `--import ${preload}`,
  CLOCK_SHIFT: String(milliseconds),
});
/** The same, from the first SIGUSR2 on. */
const clockJumps = (milliseconds: number) => ({
  ...clockOff(milliseconds),
  CLOCK_SHIFTED: "later",
});

/** Debian's libfaketime, which shifts every clock of a process: the wall's, the monotonic, the file system's. */
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

describe.skipIf(noPostgres)("a worker", () => {
  let site: FaultSite;
  let api: SiteProcess;
  beforeAll(async () => {
    site = await createFaultSite({ engine: "postgres" });
    [api] = await site.start("api");
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  /** A worker for one test, beside an API that has the right time. */
  async function startWorker(clock: Record<string, string>): Promise<SiteProcess> {
    const worker = await site.add("worker", clock);
    onTestFinished(async () => {
      site.smtp.behave(() => null);
      expect(await worker.end()).toBe(0);
    });
    await worker.start();
    return worker;
  }

  test.each([
    ["an hour ahead", clockOff(HOUR)],
    ["an hour behind", clockOff(-HOUR)],
  ])("whose clock is %s sends links that work, once", async (how, clock) => {
    const emails = await site.book.addAccounts(REQUESTS);
    await startWorker(clock);
    const burst = await requestResets({ emails, apis: [api.url] });
    await site.idle(api);

    const [mail] = site.smtp.mailsTo(emails[0] ?? "");
    const { text = "", date } = await simpleParser(mail?.source ?? "");
    // What the email says of the time is the database's word too.
    expect(Math.abs(Date.now() - Number(date))).toBeLessThan(HOUR / 2);
    const [, token = ""] = /reset-password#token=([\w.-]+)/.exec(text) ?? [];
    const inspected = await createApiClient(api.url).trpc.inspectResetToken.mutate({ token });
    expect(Date.parse(inspected.expiresAt) - Date.now()).toBeGreaterThan(0);
    const tally = await site.reckon(`clock ${how}`, burst);
    expect(tally.states).toEqual({ sent: REQUESTS });
    expect(tally.duplicates).toBe(0);
  });

  test("for which all clocks of the system are 15 minutes ahead loses nothing", async (context) => {
    if (!existsSync(FAKETIME)) skipAs(context, "Debian's package libfaketime is not installed");
    const emails = await site.book.addAccounts(REQUESTS);
    await startWorker({ LD_PRELOAD: FAKETIME, FAKETIME: "+15m" });
    const burst = await requestResets({ emails, apis: [api.url] });
    await site.idle(api);

    const tally = await site.reckon("libfaketime, 15 minutes ahead", burst);
    expect(tally.states).toEqual({ sent: REQUESTS });
    expect(tally.duplicates).toBe(0);
  });

  test("whose clock jumps ahead while mails wait sends each once", async () => {
    const emails = await site.book.addAccounts(REQUESTS);
    const worker = await startWorker(clockJumps(HOUR));
    site.smtp.behave(({ at }) => (at === "recipient" ? { say: "451 4.7.1 Later" } : null));
    const before = site.smtp.misdeeds();
    const burst = await requestResets({ emails, apis: [api.url] });
    await site.smtp.until("a first attempt for each", () => {
      return site.smtp.misdeeds() >= before + REQUESTS;
    });
    worker.signal("SIGUSR2");
    site.smtp.behave(() => null);
    await site.idle(api);

    const tally = await site.reckon("clock jumps ahead", burst);
    expect(tally.states).toEqual({ sent: REQUESTS });
    expect(tally.duplicates).toBe(0);
  });

  test("whose clock jumps back while mails wait sends each once, without a storm", async () => {
    const emails = await site.book.addAccounts(REQUESTS);
    const worker = await startWorker(clockJumps(-HOUR));
    let refusals = 0;
    const begun = performance.now();
    site.smtp.behave(({ at }) => {
      if (at !== "recipient") return null;
      refusals += 1;
      return { say: "451 4.7.1 Later" };
    });
    const burst = await requestResets({ emails, apis: [api.url] });
    await site.smtp.until("a first attempt for each", () => refusals >= REQUESTS);
    worker.signal("SIGUSR2");
    const jumped = refusals;
    await site.smtp.until("second attempts", () => refusals >= jumped + REQUESTS / 2);
    site.smtp.behave(() => null);
    await site.idle(api);

    const tally = await site.reckon("clock jumps back", burst, [`${refusals} refusals before`]);
    expect(tally.states).toEqual({ sent: REQUESTS });
    expect(tally.duplicates).toBe(0);
    // Attempts stay as far apart as ever, each about twice as far as the one before.
    const attempts = tally.records.map((record) => record.attempts.length);
    const seconds = (performance.now() - begun) / 1000;
    expect(Math.max(...attempts)).toBeLessThanOrEqual(3 + Math.log2(seconds));
  });
});
