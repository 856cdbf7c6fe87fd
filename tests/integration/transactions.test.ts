import { lockNames } from "@rekey/db/lock-names";
import { type Database, openDatabase } from "@rekey/db/open-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "../support/postgres.ts";
import { noPostgres } from "../support/rekey.ts";

describe.skipIf(noPostgres)("transactions on one PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof createTestDatabase>>;
  let database: Database;
  beforeAll(async () => {
    server = await createTestDatabase();
    database = await openDatabase({ engine: "postgres", url: server.url });
    const data = ["a", "b"].map((key) => ({ key, points: 0 }));
    await database.prisma.rateLimit.createMany({ data });
  });
  afterAll(async () => {
    await database?.close();
    await server?.drop();
  });

  /** Resolves once so many have come. */
  function barrier(count: number) {
    const all = Promise.withResolvers<void>();
    let left = count;
    return async () => {
      left -= 1;
      if (left === 0) all.resolve();
      await all.promise;
    };
  }

  const points = async () =>
    (await database.prisma.rateLimit.findMany({ orderBy: { key: "asc" } })).map(
      ({ points }) => points,
    );

  test("that wait for each other are both done in the end", async () => {
    const met = barrier(2);
    let runs = 0;
    const add = (keys: string[]) =>
      database.prisma.$transaction(async (tx) => {
        runs += 1;
        for (const key of keys) {
          await tx.rateLimit.update({ where: { key }, data: { points: { increment: 1 } } });
          await met();
        }
      });
    const before = await points();
    await Promise.all([add(["a", "b"]), add(["b", "a"])]);
    expect(await points()).toEqual(before.map((count) => count + 2));
    expect(runs).toBeGreaterThan(2);
  });

  test("that cannot be put in an order are both done in the end", async () => {
    const met = barrier(2);
    let runs = 0;
    /** Reads one and writes the other: only one of two at once can be serialized. */
    const copy = (from: string, to: string) =>
      database.prisma.$transaction(
        async (tx) => {
          runs += 1;
          const { points } = await tx.rateLimit.findUniqueOrThrow({ where: { key: from } });
          await met();
          await tx.rateLimit.update({ where: { key: to }, data: { points: points + 1 } });
        },
        { isolationLevel: "Serializable" },
      );
    await Promise.all([copy("a", "b"), copy("b", "a")]);
    const [a = 0, b = 0] = await points();
    expect(Math.abs(a - b)).toBe(1);
    expect(runs).toBeGreaterThan(2);
  });

  test("that lock a name take turns, and those with other names do not wait", async () => {
    const order: string[] = [];
    const inside = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const hold = (who: string, name: string, until: Promise<void>) =>
      database.prisma.$transaction(async (tx) => {
        await lockNames(tx, [name]);
        if (who === "first") inside.resolve();
        await until;
        order.push(who);
      });
    const first = hold("first", "ada", leave.promise);
    await inside.promise;
    const second = hold("second", "ada", Promise.resolve());
    await hold("other", "bob", Promise.resolve());
    leave.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(["other", "first", "second"]);
  });
});
