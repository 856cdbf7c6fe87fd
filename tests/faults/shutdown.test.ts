import { describe, expect, test } from "vitest";
import { noPostgres } from "../support/rekey.ts";
import { requestResets } from "./support/burst.ts";
import { anyEngine } from "./support/engine.ts";
import { disturbInRounds } from "./support/rounds.ts";
import { full } from "./support/scale.ts";
import { CONNECTIONS, createFaultSite } from "./support/site.ts";

const ROUNDS = full ? 20 : 4;
const STARTS = full ? 20 : 3;
const REQUESTS = full ? 2000 : 300;

describe.skipIf(noPostgres)("two API and two worker processes on one PostgreSQL", () => {
  test("lose and repeat nothing when told to end at random instants", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const emails = await site.book.addAccounts(REQUESTS);
    const processes = await site.start("api", "api", "worker", "worker");
    const options = { processes, emails, rounds: ROUNDS, signal: "SIGTERM" } as const;
    const { burst, ended, codes } = await disturbInRounds(options);
    await site.idle(processes[0]);

    const tally = await site.reckon("SIGTERM", burst, [`ended ${ended.join(", ")}`]);
    expect(codes).toEqual(Array(ROUNDS).fill(0));
    expect(tally.accepted).toBe(REQUESTS);
    expect(tally.mails).toBeGreaterThanOrEqual(REQUESTS);
    expect(tally.duplicates).toBe(0);
  });
});

describe.skipIf(noPostgres)("a worker with a backlog", () => {
  test("that is told to end as soon as it begins finishes what it has in hand", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const emails = await site.book.addAccounts(100 * STARTS);
    const [api] = await site.start("api");
    const burst = await requestResets({ emails, apis: [api.url] });
    const worker = await site.add("worker");
    // Slow enough to be met at work.
    site.smtp.behave(({ at }) => (at === "message" ? { after: 50 } : null));
    const codes: (number | null)[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const before = site.smtp.mails.length;
      const starting = worker.start();
      // Which may be before or after it has said that it is ready.
      const sending = site.smtp.until("the first mail", () => site.smtp.mails.length > before);
      await Promise.race([starting, sending.catch(() => {})]);
      codes.push(await worker.end());
      await starting.catch(() => {});
    }
    await worker.start();
    await site.idle(api);

    const tally = await site.reckon("SIGTERM at the start", burst, [`${STARTS} starts`]);
    expect(codes).toEqual(Array(STARTS).fill(0));
    expect(tally.states).toEqual({ sent: emails.length });
    expect(tally.duplicates).toBe(0);
  });
});

test("a process told to end while the mail server hangs ends in time, and its mails go later", async () => {
  await using site = await createFaultSite({ engine: anyEngine });
  const emails = await site.book.addAccounts(20);
  const [rekey] = await site.start("all");
  site.smtp.behave(({ at }) => (at === "message" ? { hang: true } : null));
  const burst = await requestResets({ emails, apis: [rekey.url] });
  await site.smtp.until("messages without an answer", () => site.smtp.misdeeds() >= CONNECTIONS);
  const told = performance.now();
  expect(await rekey.end()).toBe(0);
  const seconds = (performance.now() - told) / 1000;

  site.smtp.behave(() => null);
  await rekey.start();
  await site.idle(rekey);
  const tally = await site.reckon("SIGTERM while SMTP hangs", burst, [
    `gone in ${seconds.toFixed(1)} s`,
  ]);
  expect(tally.states).toEqual({ sent: emails.length });
  // The server had these in full, and never said so.
  expect(tally.duplicates).toBe(CONNECTIONS);
});
