import { onTestFinished, vi } from "vitest";

const realNow = performance.now.bind(performance);
let shiftMs = 0;

/**
 * Lets time pass for whatever runs in this process, until the test ends: for the wall clock, and for the
 * monotonic one, by which Rekey runs its database's clock on. Timers go on, so that databases and
 * connections work as ever.
 */
export function passSeconds(seconds: number): void {
  shiftMs += seconds * 1000;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  const monotonic = vi.spyOn(performance, "now").mockImplementation(() => realNow() + shiftMs);
  onTestFinished(() => {
    shiftMs = 0;
    monotonic.mockRestore();
    vi.useRealTimers();
  });
}
