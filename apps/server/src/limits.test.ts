import { openDatabase } from "@rekey/db/open-database";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createLimits } from "./limits.ts";

let database: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  database = await openDatabase({ engine: "pglite", dataDir: null });
});
afterAll(() => database?.close());

const config = {
  requestsPerNetwork: 3,
  signInLimit: 3,
  signInsPerNetwork: 0,
  wrongTokensPerNetwork: 0,
};
const MINUTE = 60;

/** Lets time pass for the limits. Only the date: the database's own timers go on. */
function stopClock() {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return { pass: (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000) };
}

test("each block for guessing on lasts twice as long as the one before, up to four hours", async () => {
  const clock = stopClock();
  const { account } = createLimits(database.sql, config).guesses;
  const key = "ada@example.com 192.0.2.1";
  const blocks: number[] = [];
  for (let i = 0; i < 6; i++) {
    for (let guess = 0; guess < 3; guess++) expect(await account.consume(key)).toBe(0);
    const seconds = await account.consume(key);
    blocks.push(seconds / MINUTE);
    // Going on neither helps nor makes it worse.
    expect(await account.consume(key)).toBe(seconds);
    clock.pass(seconds - 1);
    expect(await account.consume(key)).toBe(1);
    clock.pass(2);
  }
  expect(blocks).toEqual([15, 30, 60, 120, 240, 240]);
});

test("of many tries at once exactly as many go on as are allowed, and it is one block", async () => {
  const { account } = createLimits(database.sql, config).guesses;
  const key = "grace@example.com 192.0.2.1";
  const waits = await Promise.all(Array.from({ length: 20 }, () => account.consume(key)));
  expect(waits.filter((seconds) => seconds === 0)).toHaveLength(3);
  expect(Math.max(...waits)).toBe(15 * MINUTE);
});

test("a success ends the tries and the memory of earlier blocks", async () => {
  const clock = stopClock();
  const { account } = createLimits(database.sql, config).guesses;
  const key = "mary@example.com 192.0.2.1";
  const exhaust = async () => {
    for (let guess = 0; guess < 3; guess++) await account.consume(key);
    return account.consume(key);
  };
  expect(await exhaust()).toBe(15 * MINUTE);
  clock.pass(15 * MINUTE + 1);
  await account.reset(key);
  expect(await exhaust()).toBe(15 * MINUTE);
});

test("a network that is over its limit is refused without asking the database", async () => {
  const statements: string[] = [];
  const counting: typeof database.sql = {
    query(text, values) {
      statements.push(text);
      return database.sql.query(text, values);
    },
  };
  const { calls } = createLimits(counting, config);
  for (let i = 0; i < 3; i++) expect(await calls.requestReset("192.0.2.9")).toBe(0);
  // One statement each.
  expect(statements).toHaveLength(3);
  for (let i = 0; i < 100; i++) {
    expect(await calls.requestReset("192.0.2.9")).toBeGreaterThan(3590);
  }
  expect(statements).toHaveLength(3);
  // Another process, which has seen nothing of it, asks and hears the same.
  const other = createLimits(database.sql, config).calls;
  expect(await other.requestReset("192.0.2.9")).toBeGreaterThan(3590);
  expect(await other.requestReset("192.0.2.10")).toBe(0);
});
