import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { noPostgres } from "../support/rekey.ts";
import { type Burst, mergeBursts, requestResets } from "./support/burst.ts";
import { full } from "./support/scale.ts";
import { createFaultSite } from "./support/site.ts";
import type { SiteProcess } from "./support/site-process.ts";

const ROUNDS = full ? 20 : 3;
const REQUESTS = full ? 2000 : 300;
/** Milliseconds from one kill to the next, at least. */
const ROUND = 1000;

const pick = <T>(items: T[]): T => items[Math.floor(Math.random() * items.length)] as T;

describe.skipIf(noPostgres)("two API and two worker processes on one PostgreSQL", () => {
  test("lose nothing that was accepted when one after the other is killed at a random instant", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const emails = await site.book.addAccounts(REQUESTS);
    const processes = await site.start("api", "api", "worker", "worker");
    const apis = processes.filter(({ role }) => role === "api").map(({ url }) => url);
    const returning = new Map<SiteProcess, Promise<void>>();
    const killed: string[] = [];

    async function kill() {
      const victim = pick(processes);
      killed.push(victim.name);
      // It may still be starting from the last time.
      const before = returning.get(victim)?.catch(() => {});
      await victim.end("SIGKILL");
      await before;
      returning.set(victim, victim.start());
    }

    const bursts: Burst[] = [];
    const share = REQUESTS / ROUNDS;
    for (let round = 0; round < ROUNDS; round += 1) {
      const pace = sleep(ROUND);
      const instant = 1 + Math.floor(Math.random() * share);
      let killing: Promise<void> | null = null;
      const burst = await requestResets({
        emails: emails.slice(round * share, (round + 1) * share),
        apis,
        onAccepted(count) {
          if (count === instant) killing = kill();
        },
      });
      bursts.push(burst);
      await killing;
      await pace;
    }
    await Promise.all(returning.values());
    await site.idle(processes[0]);

    const burst = mergeBursts(bursts);
    const tally = await site.reckon("kill -9", burst, [`killed ${killed.join(", ")}`]);
    expect(tally.accepted).toBe(REQUESTS);
    expect(tally.mails).toBeGreaterThanOrEqual(REQUESTS);
    // A process that dies between the server's 250 and its own commit leaves a mail to be repeated.
    if (full) expect(tally.duplicates).toBeLessThan(REQUESTS / 100);
  });
});
