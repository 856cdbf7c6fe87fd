import { Hono } from "hono";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRequestsFirst } from "./requests-first.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An app whose requests are in flight until they are released. */
function busyApp() {
  const requestsFirst = createRequestsFirst();
  const release = Promise.withResolvers<void>();
  const app = new Hono().use(requestsFirst.count).get("/", async (c) => {
    await release.promise;
    return c.text("done");
  });
  const ask = (times: number) => Array.from({ length: times }, () => app.request("/"));
  return { requestsFirst, ask, release };
}

test("a mail waits for the answers on their way", async () => {
  const { requestsFirst, ask, release } = busyApp();
  const asked = ask(1);
  let allowed = false;
  const wanted = requestsFirst.allow(40).then((count) => {
    allowed = true;
    return count;
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(allowed).toBe(false);
  release.resolve();
  await Promise.all(asked);
  expect(await wanted).toBe(40);
});

test("an answer that never comes holds no mail back for good", async () => {
  const { requestsFirst, ask } = busyApp();
  ask(1);
  expect(await requestsFirst.allow(40)).toBe(40);
});

test("a burst goes first, and mails trickle on meanwhile", async () => {
  const { requestsFirst, ask, release } = busyApp();
  const asked = ask(8);
  const trickle = requestsFirst.allow(40);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await trickle).toBe(10);

  const rest = requestsFirst.allow(40);
  release.resolve();
  await Promise.all(asked);
  await vi.advanceTimersByTimeAsync(10);
  expect(await rest).toBe(40);
});
