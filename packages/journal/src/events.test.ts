import { type Database, openDatabase } from "@rekey/db/open-database";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { AccountEvent } from "./event.ts";
import { createEventRecords } from "./event-records.ts";
import { createEvents, type EventAttempt, MAX_ATTEMPTS } from "./events.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ engine: "pglite", dataDir: null });
}, 60_000);
afterAll(() => database.close());

const receiver = {
  url: "https://hooks.example.com/",
  secret: `whsec_${Buffer.alloc(32).toString("base64")}`,
};
const event: AccountEvent = {
  type: "password.reset",
  data: { accountId: "an-account", browser: null, system: null, network: null },
};

/** One attempt against a receiver that does as `fetch` does, with so many failed ones before it. */
async function attempt(fetch: typeof globalThis.fetch, failed = 0) {
  const seen = Promise.withResolvers<EventAttempt>();
  const events = createEvents({
    ...{ database, receiver, fetch, observe: seen.resolve, onError: seen.reject },
  });
  onTestFinished(async () => {
    await events.close();
    await database.prisma.event.deleteMany();
  });
  await database.prisma.$transaction((tx) => events.publish(tx, event));
  const at = new Date().toISOString();
  const earlier = { at, endedAt: at, outcome: "deferred", reply: "the receiver answered 500" };
  await database.prisma.event.updateMany({ data: { attempts: Array(failed).fill(earlier) } });
  await events.work();
  const told = await seen.promise;
  const record = await database.prisma.event.findUniqueOrThrow({ where: { id: told.id } });
  return { ...told, record };
}

const answering = (status: number) => async () => new Response("words", { status });

test.each([200, 201, 204])("%i is taken for delivered", async (status) => {
  const fetch = async () => new Response(null, { status });
  const { outcome, reason, record } = await attempt(fetch);
  expect([outcome, reason]).toEqual(["delivered", null]);
  expect(record).toMatchObject({ state: "delivered", dueAt: null, lease: null });
});

test.each([301, 400, 404, 410, 429, 500, 503])("%i is tried again", async (status) => {
  const { outcome, reason, record } = await attempt(answering(status));
  expect([outcome, reason]).toEqual(["deferred", `the receiver answered ${status}`]);
  expect(record).toMatchObject({ state: "deferred", reason, attempts: [{ reply: reason }] });
  expect(record.dueAt?.getTime()).toBeGreaterThan(record.updatedAt.getTime());
});

test("after the last attempt it is given up, until an operator has it tried again", async () => {
  const { id, outcome, record } = await attempt(answering(500), MAX_ATTEMPTS - 1);
  expect(outcome).toBe("dead");
  expect(record).toMatchObject({ state: "dead", dueAt: null });
  const records = createEventRecords(database);
  expect(await records.retry(id)).toEqual({ id, status: "queued" });
  const listed = async () => (await records.list({ state: "deferred", limit: 5 }))[0];
  await expect.poll(listed).toMatchObject({ id, attempts: [{ outcome: "deferred" }] });
});

test("why there was no answer is told by its code", async () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:443"), {
    code: "ECONNREFUSED",
  });
  const { reason } = await attempt(async () => {
    throw new TypeError("fetch failed", { cause });
  });
  expect(reason).toBe("no connection (ECONNREFUSED)");
});

test("without a receiver nothing is kept", async () => {
  const events = createEvents({
    ...{ database, receiver: null, fetch, observe: () => {}, onError: () => {} },
  });
  await database.prisma.$transaction((tx) => events.publish(tx, event));
  await events.work();
  expect(await database.prisma.event.count()).toBe(0);
});
