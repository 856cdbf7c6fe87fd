/** The moment at which every story happens, so that its picture is the same on any day. */
export const NOW = Date.UTC(2026, 10, 26, 9, 30);

/** An instant before it, as ISO 8601. */
export function ago({ days = 0, hours = 0, minutes = 0 }): string {
  return new Date(NOW - ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

/** Timers shorter than this, in milliseconds, are no matter of waiting. */
const AT_ONCE = 1000;

/** Stops the clock of this page once `waited` seconds have passed: timers up to them end at once, longer ones never. */
export function stopClock(waited: number): void {
  const ownTimeout = window.setTimeout;
  const timeout = (handler: TimerHandler, delay = 0, ...given: unknown[]) => {
    if (delay < AT_ONCE) return ownTimeout(handler, delay, ...given);
    return delay <= waited * 1000 ? ownTimeout(handler, 0, ...given) : 0;
  };
  window.setTimeout = timeout as typeof window.setTimeout;
  const RunningDate = Date;
  globalThis.Date = class extends RunningDate {
    constructor(...given: [] | [string | number | Date]) {
      super(...((given.length === 0 ? [NOW] : given) as [number]));
    }

    static override now() {
      return NOW;
    }
  } as DateConstructor;
}
