import { setTimeout as delay } from "node:timers/promises";
import { percentile } from "../support/statistics.ts";

/** How hard and how long: so many at once (the next begins when one ends), or so many a second. */
export type Pace =
  | { concurrency: number; seconds: number }
  | { concurrency: number; count: number }
  | { rate: number; seconds: number };

export interface Timing {
  count: number;
  /** From the first start to the last end. */
  seconds: number;
  perSecond: number;
  /** In milliseconds, of single operations. */
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

/** Runs `once` at a pace and times each run. A run that throws ends it all. */
export async function timed(pace: Pace, once: (index: number) => Promise<void>): Promise<Timing> {
  const latencies: number[] = [];
  const start = performance.now();
  await ("rate" in pace
    ? atRate(pace, start, once, latencies)
    : atConcurrency(pace, start, once, latencies));
  return timingOf(latencies, performance.now() - start);
}

/** What single operations of so many milliseconds each come to, in `elapsed` milliseconds in all. */
export function timingOf(latencies: number[], elapsed: number): Timing {
  const seconds = elapsed / 1000;
  return {
    count: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p90: percentile(latencies, 0.9),
    p99: percentile(latencies, 0.99),
    max: percentile(latencies, 1),
  };
}

async function atConcurrency(
  pace: Exclude<Pace, { rate: number }>,
  start: number,
  once: (index: number) => Promise<void>,
  latencies: number[],
): Promise<void> {
  const end = "seconds" in pace ? start + pace.seconds * 1000 : Number.POSITIVE_INFINITY;
  const count = "count" in pace ? pace.count : Number.POSITIVE_INFINITY;
  let next = 0;
  const lane = async () => {
    for (let now = performance.now(); now < end && next < count; ) {
      const begun = now;
      await once(next++);
      now = performance.now();
      latencies.push(now - begun);
    }
  };
  await Promise.all(Array.from({ length: pace.concurrency }, lane));
}

/** Timed from when it was due, so that a server which stalls cannot hide those that had to wait. */
async function atRate(
  { rate, seconds }: { rate: number; seconds: number },
  start: number,
  once: (index: number) => Promise<void>,
  latencies: number[],
): Promise<void> {
  const running: Promise<void>[] = [];
  for (let index = 0; index < rate * seconds; index += 1) {
    const due = start + (index / rate) * 1000;
    const wait = due - performance.now();
    if (wait > 0) await delay(wait);
    running.push(once(index).then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(running);
}
