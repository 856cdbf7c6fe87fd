import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCircuit } from "./circuit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function circuitOver(server: { up: boolean }) {
  let probes = 0;
  const circuit = createCircuit({
    now: () => new Date(),
    async probe() {
      probes += 1;
      return server.up ? { ok: true } : { ok: false, reason: "connection refused" };
    },
  });
  const isReady = async () => {
    let ready = false;
    void circuit.ready().then(() => {
      ready = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    return ready;
  };
  const fail = (times: number) => {
    for (let n = 0; n < times; n += 1) circuit.failed("connection refused");
  };
  return { circuit, isReady, fail, probes: () => probes };
}

test("five failures in a row open it, four and a success do not", async () => {
  const { circuit, isReady, fail } = circuitOver({ up: false });
  fail(4);
  circuit.succeeded();
  fail(4);
  expect(await isReady()).toBe(true);
  fail(1);
  expect(await isReady()).toBe(false);
  expect(circuit.status()).toMatchObject({ state: "open", reason: "connection refused" });
});

test("while open it probes, later and later, and closes when the server answers", async () => {
  const server = { up: false };
  const { circuit, isReady, fail, probes } = circuitOver(server);
  fail(5);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(probes()).toBeGreaterThanOrEqual(6);
  expect(probes()).toBeLessThanOrEqual(15);
  expect(await isReady()).toBe(false);
  server.up = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await isReady()).toBe(true);
  expect(circuit.status()).toMatchObject({ state: "closed", since: null });
});

test("at the end it lets go of who waits, and probes no more", async () => {
  const { circuit, isReady, fail, probes } = circuitOver({ up: false });
  fail(5);
  circuit.stop();
  expect(await isReady()).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probes()).toBe(0);
});
