import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type CircuitChange, createCircuit } from "./circuit.ts";

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

test("a success that comes late closes nothing and takes no reason away", () => {
  const { circuit, fail } = circuitOver({ up: false });
  fail(5);
  circuit.succeeded();
  expect(circuit.status()).toMatchObject({ state: "open", reason: "connection refused" });
});

test("what a probe cannot meet, the next mail decides: one failure opens it again, one success closes it", async () => {
  const { circuit, isReady } = circuitOver({ up: true });
  for (let n = 0; n < 5; n += 1) circuit.failed("over quota", { hidden: true });
  expect(circuit.admits()).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await isReady()).toBe(true);
  expect(circuit.status()).toMatchObject({ state: "half-open", reason: "over quota" });
  expect(circuit.admits()).toBe(true);
  circuit.failed("over quota", { hidden: true });
  expect(await isReady()).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  circuit.succeeded();
  expect(circuit.status()).toEqual({ state: "closed", since: null, reason: null });
});

test("a trial that no mail comes to ends by itself, and the first failure opens it again", async () => {
  const { circuit } = circuitOver({ up: true });
  for (let n = 0; n < 5; n += 1) circuit.failed("over quota", { hidden: true });
  await vi.advanceTimersByTimeAsync(302_000);
  expect(circuit.status()).toMatchObject({ state: "closed" });
  circuit.failed("over quota", { hidden: true });
  expect(circuit.status()).toMatchObject({ state: "open" });
});

test("it tells once that it opened, and once that it closed", async () => {
  const told: CircuitChange[] = [];
  const probes = [false, false, true];
  const circuit = createCircuit({
    now: () => new Date(),
    probe: async () => (probes.shift() ? { ok: true } : { ok: false, reason: "still down" }),
    onChange: (change) => void told.push(change),
  });
  for (let n = 0; n < 6; n += 1) circuit.failed("down");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([
    { state: "open", reason: "down" },
    { state: "closed", reason: "still down", seconds: expect.any(Number) },
  ]);
});
