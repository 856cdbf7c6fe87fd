import type { JobAttempt, JobQueue } from "@rekey/outbox/queue";
import { expect, test } from "vitest";
import type { Payload } from "./deliver.ts";
import { type EventAttempt, openEvents } from "./events.ts";

const receiver = {
  url: "https://hooks.example.com/",
  secret: `whsec_${Buffer.alloc(32).toString("base64")}`,
};
const data: Payload = {
  type: "password.reset",
  timestamp: "2026-11-25T22:00:00.000Z",
  data: { accountId: "an-account", browser: null, system: null, network: null },
};

/** One attempt against a receiver that does as `fetch` does. */
async function attempt(fetch: typeof globalThis.fetch, attemptsLeft: number) {
  let handle: ((attempt: JobAttempt<Payload>) => Promise<boolean>) | undefined;
  const jobs: JobQueue<Payload> = {
    insert: async () => {},
    async work(given) {
      handle = given;
    },
  };
  const seen: EventAttempt[] = [];
  const events = await openEvents({
    openJobs: async () => jobs,
    receiver,
    fetch,
    now: () => new Date(),
    observe: (one) => void seen.push(one),
  });
  await events.work();
  const { signal } = new AbortController();
  const done = await handle?.({ id: "event-1", data, attemptsLeft, signal });
  return { done, seen: seen[0] };
}

const answering = (status: number) => async () => new Response("words", { status });

test.each([200, 201, 204])("%i is taken for delivered", async (status) => {
  const fetch = async () => new Response(null, { status });
  const { done, seen } = await attempt(fetch, 3);
  expect([done, seen?.outcome, seen?.reason]).toEqual([true, "delivered", null]);
});

test.each([301, 400, 404, 410, 429, 500, 503])("%i is tried again", async (status) => {
  const { done, seen } = await attempt(answering(status), 3);
  expect([done, seen?.outcome]).toEqual([false, "deferred"]);
  expect(seen?.reason).toBe(`the receiver answered ${status}`);
});

test("after the last attempt it is given up", async () => {
  const { done, seen } = await attempt(answering(500), 0);
  expect([done, seen?.outcome]).toEqual([false, "dead"]);
});

test("why there was no answer is told by its code", async () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:443"), {
    code: "ECONNREFUSED",
  });
  const { seen } = await attempt(async () => {
    throw new TypeError("fetch failed", { cause });
  }, 3);
  expect(seen?.reason).toBe("no connection (ECONNREFUSED)");
});

test("without a receiver nothing is queued", async () => {
  const events = await openEvents({
    openJobs: () => Promise.reject(new Error("A queue was opened")),
    receiver: null,
    fetch,
    now: () => new Date(),
    observe: () => {},
  });
  await events.publish({} as never, data);
  await events.work();
});
