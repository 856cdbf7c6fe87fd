import { openDatabase } from "@rekey/db/open-database";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
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
  const { account } = createLimits(database.sql, config).accounts;
  const tries = ["192.0.2.1", "ada@example.com"] as const;
  const blocks: number[] = [];
  for (let i = 0; i < 6; i++) {
    for (let guess = 0; guess < 3; guess++) expect(await account.consume(...tries)).toBe(0);
    const seconds = await account.consume(...tries);
    blocks.push(seconds / MINUTE);
    // Going on neither helps nor makes it worse.
    expect(await account.consume(...tries)).toBe(seconds);
    clock.pass(seconds - 1);
    expect(await account.consume(...tries)).toBe(1);
    clock.pass(2);
  }
  expect(blocks).toEqual([15, 30, 60, 120, 240, 240]);
});

test("of many tries at once exactly as many go on as are allowed, and it is one block", async () => {
  const { account } = createLimits(database.sql, config).accounts;
  const tries = ["192.0.2.1", "grace@example.com"] as const;
  const waits = await Promise.all(Array.from({ length: 20 }, () => account.consume(...tries)));
  expect(waits.filter((seconds) => seconds === 0)).toHaveLength(3);
  expect(Math.max(...waits)).toBe(15 * MINUTE);
});

test("a success ends the tries and the memory of earlier blocks", async () => {
  const clock = stopClock();
  const { account } = createLimits(database.sql, config).accounts;
  const tries = ["192.0.2.1", "mary@example.com"] as const;
  const exhaust = async () => {
    for (let guess = 0; guess < 3; guess++) await account.consume(...tries);
    return account.consume(...tries);
  };
  expect(await exhaust()).toBe(15 * MINUTE);
  clock.pass(15 * MINUTE + 1);
  await account.reset(...tries);
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

describe("400 networks of one IPv6 /48", () => {
  /** Each a /64 of its own, over sixteen /56. */
  const neighbours = (site: string) =>
    Array.from({ length: 400 }, (_, i) => {
      const group = (((i % 16) << 8) + (i >> 4)).toString(16);
      return `2001:db8:${site}:${group}::/64`;
    });

  async function accepted(networks: string[], consume: (network: string) => Promise<number>) {
    let count = 0;
    for (const network of networks) if ((await consume(network)) === 0) count += 1;
    return count;
  }

  test("may do four times what one /64 may, and those of one /56 twice", async () => {
    const { calls } = createLimits(database.sql, { ...config, wrongTokensPerNetwork: 3 });
    for (const [site, consume] of [
      ["a", calls.requestReset],
      ["b", calls.signUp],
      ["c", calls.wrongTokens.count],
    ] as const) {
      expect(await accepted(neighbours(site), consume)).toBe(12);
    }
    const ofOne56 = Array.from({ length: 40 }, (_, i) => `2001:db8:d:7${i + 10}::/64`);
    expect(await accepted(ofOne56, calls.requestReset)).toBe(6);
    expect(await calls.wrongTokens.wait("2001:db8:c:ffff::/64")).toBeGreaterThan(3590);
    expect(await calls.requestReset("2001:db8:e:1::/64")).toBe(0);
  });

  test("guess no more at one account, or at all accounts, than that", async () => {
    const { account, network } = createLimits(database.sql, {
      ...config,
      signInsPerNetwork: 5,
    }).accounts;
    const guess = (from: string) => account.consume(from, "ada@example.com");
    expect(await accepted(neighbours("f"), guess)).toBe(12);
    expect(await accepted(neighbours("f"), network.consume)).toBe(20);
  });

  test("do not lose their share to one of them that goes on after it is refused", async () => {
    const { calls } = createLimits(database.sql, config);
    const noisy = Array.from({ length: 50 }, () => "2001:db8:9:1::/64");
    expect(await accepted(noisy, calls.requestReset)).toBe(3);
    expect(await calls.requestReset("2001:db8:9:2::/64")).toBe(0);
  });
});

test("who has one session of an account does not use up the changes of its owner with another", async () => {
  const { calls } = createLimits(database.sql, config);
  const account = { id: "account" };
  const write = (id: string, network: string) => calls.writes({ id, account }, network);
  for (let i = 0; i < 60; i++) expect(await write("stolen", "192.0.2.1")).toBe(0);
  expect(await write("stolen", "192.0.2.1")).toBeGreaterThan(3590);
  expect(await write("own", "192.0.2.1")).toBe(0);
  expect(await write("stolen", "192.0.2.2")).toBe(0);
});
