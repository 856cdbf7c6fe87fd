/** A mail server of the benchmark: takes every mail and counts. */
export interface Sink {
  /** What it is, for the report. */
  name: string;
  port: number;
  /** Mails taken so far. */
  count: () => number;
  /** Resolves when this many have been taken in all, to when (`performance.now()`). */
  reached: (count: number, timeout?: number) => Promise<number>;
}

/** Counts mails up and wakes who waits for a number of them. */
export function createCounter() {
  const waiting = new Map<() => void, number>();
  let count = 0;
  return {
    count: () => count,
    set(next: number) {
      count = next;
      for (const [wake, wanted] of waiting) if (count >= wanted) wake();
    },
    reached(wanted: number, timeout = 300_000): Promise<number> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(wake);
          reject(new Error(`${count} of ${wanted} mails after ${timeout / 1000} s`));
        }, timeout);
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve(performance.now());
        };
        waiting.set(wake, wanted);
        if (count >= wanted) wake();
      });
    },
  };
}
