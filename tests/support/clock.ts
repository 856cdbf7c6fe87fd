import { onTestFinished, vi } from "vitest";

/**
 * Lets time pass for whatever runs in this process, until the test ends. Only the date is ours: timers
 * go on, so that databases and connections work as ever.
 */
export function passSeconds(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  onTestFinished(() => void vi.useRealTimers());
}
