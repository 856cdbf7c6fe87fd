import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { noPostgres } from "../support/rekey.ts";
import { skipAs } from "../support/skip.ts";
import { BOOK } from "./support/book.ts";
import { requestResets } from "./support/burst.ts";
import { startCluster, whyNoCluster } from "./support/cluster.ts";
import { full } from "./support/scale.ts";
import { createFaultSite } from "./support/site.ts";

const REQUESTS = full ? 2000 : 300;
const BREAKS = full ? 20 : 5;
const RESTARTS = full ? 3 : 1;
/** Milliseconds in which the server stays away. */
const ABSENCE = full ? 40_000 : 0;

describe.skipIf(noPostgres)("sessions that PostgreSQL ends in mid-burst", () => {
  test("cost requests an error and no accepted one its mail", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const emails = await site.book.addAccounts(REQUESTS);
    const [api] = await site.start("api", "worker");
    const breaks: Promise<number>[] = [];

    async function endSessions(): Promise<number> {
      const ended = await site.book.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name <> $1`,
        [BOOK],
      );
      return ended.length;
    }

    const burst = await requestResets({
      emails,
      apis: [api.url],
      onAccepted(count) {
        if (count % (REQUESTS / BREAKS) === 1) breaks.push(endSessions());
      },
    });
    const ended = (await Promise.all(breaks)).reduce((sum, count) => sum + count, 0);
    await site.idle(api);

    const tally = await site.reckon("PostgreSQL sessions ended", burst, [
      `${ended} sessions in ${breaks.length} breaks`,
    ]);
    expect(breaks).toHaveLength(BREAKS);
    expect(ended).toBeGreaterThanOrEqual(BREAKS);
    expect([...burst.refusals].filter((reason) => reason !== "INTERNAL 503")).toEqual([]);
    expect(tally.states).toEqual({ sent: tally.records.length });
    expect(tally.duplicates).toBe(0);
  });
});

describe("a PostgreSQL server that crashes in mid-burst", () => {
  test("and comes back has every request that was accepted", async (context) => {
    if (whyNoCluster !== null) skipAs(context, whyNoCluster);
    await using cluster = await startCluster();
    await using site = await createFaultSite({ engine: "postgres", databaseUrl: cluster.url });
    const emails = await site.book.addAccounts(REQUESTS);
    const [api] = await site.start("api", "worker");
    let restarting = Promise.resolve();

    async function restart() {
      await cluster.stop();
      await sleep(ABSENCE);
      await cluster.start();
    }

    const burst = await requestResets({
      emails,
      apis: [api.url],
      onAccepted(count) {
        if (count % (REQUESTS / RESTARTS) === Math.floor(REQUESTS / RESTARTS / 2)) {
          restarting = restarting.then(restart);
        }
      },
    });
    await restarting;
    await site.idle(api);

    const tally = await site.reckon("PostgreSQL restarted", burst, [
      `${RESTARTS} crashes, away for ${ABSENCE / 1000} s each`,
    ]);
    expect(burst.refused).toBeGreaterThan(0);
    expect([...burst.refusals].filter((reason) => reason !== "INTERNAL 503")).toEqual([]);
    expect(tally.states).toEqual({ sent: tally.records.length });
    expect(tally.duplicates).toBe(0);
  });

  test("holds up nobody who is told to end meanwhile", async (context) => {
    if (whyNoCluster !== null) skipAs(context, whyNoCluster);
    await using cluster = await startCluster();
    await using site = await createFaultSite({ engine: "postgres", databaseUrl: cluster.url });
    const emails = await site.book.addAccounts(20);
    const [api, worker] = await site.start("api", "worker");
    // All are in hand when the server goes, some of them on their way.
    site.smtp.behave(({ at }) => (at === "message" ? { after: 1500 } : null));
    const burst = await requestResets({ emails, apis: [api.url] });
    await site.smtp.until("mails on their way", () => site.smtp.mails.length >= 5);
    await cluster.stop();
    const told = performance.now();
    const codes = await Promise.all([api.end(), worker.end()]);
    const seconds = (performance.now() - told) / 1000;
    await cluster.start();
    site.smtp.behave(() => null);
    await Promise.all([api.start(), worker.start()]);
    await site.idle(api);

    const tally = await site.reckon("SIGTERM while PostgreSQL is away", burst, [
      `gone in ${seconds.toFixed(1)} s`,
    ]);
    expect(codes).toEqual([0, 0]);
    expect(tally.states).toEqual({ sent: emails.length });
    // Nowhere to write down what was sent meanwhile: no more than was in hand.
    expect(tally.duplicates).toBeLessThanOrEqual(emails.length);
  });
});
