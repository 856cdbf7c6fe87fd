/** Failures in a row that open the circuit. */
const THRESHOLD = 5;
/** Waits before a probe, in milliseconds: the first, doubled up to the last. */
const FIRST_WAIT = 1000;
const LAST_WAIT = 30_000;

export interface CircuitConfig {
  /** Whether the mail server can be talked to; sends nothing. Never rejects. */
  probe: () => Promise<{ ok: true } | { ok: false; reason: string }>;
  now: () => Date;
}

export interface CircuitStatus {
  state: "closed" | "open" | "half-open";
  /** ISO 8601; null while closed. */
  since: string | null;
  /** What stood in the way last. */
  reason: string | null;
}

export type Circuit = ReturnType<typeof createCircuit>;

/**
 * Keeps this process from storming a mail server that is down: after a few failures in a row nothing
 * is sent, and one probe at a time, later and later, finds out when to go on.
 */
export function createCircuit({ probe, now }: CircuitConfig) {
  let state: CircuitStatus["state"] = "closed";
  let since: Date | null = null;
  let reason: string | null = null;
  let failures = 0;
  let wait = FIRST_WAIT;
  let timer: NodeJS.Timeout | null = null;
  let closed = Promise.withResolvers<void>();
  closed.resolve();

  function schedule() {
    // Half to whole, so that processes do not probe in step.
    timer = setTimeout(tryAgain, wait * (0.5 + Math.random() / 2)).unref();
    wait = Math.min(wait * 2, LAST_WAIT);
  }

  async function tryAgain() {
    state = "half-open";
    const result = await probe();
    if (timer === null) return;
    if (!result.ok) {
      state = "open";
      reason = result.reason;
      return schedule();
    }
    state = "closed";
    timer = null;
    since = null;
    failures = 0;
    closed.resolve();
  }

  return {
    status: (): CircuitStatus => ({ state, since: since?.toISOString() ?? null, reason }),

    /** A send reached the server and was answered for what it was. */
    succeeded() {
      failures = 0;
      wait = FIRST_WAIT;
      reason = null;
    },

    /** The server, not the mail, stood in the way. */
    failed(why: string) {
      failures += 1;
      reason = why;
      if (state !== "closed" || failures < THRESHOLD) return;
      state = "open";
      since = now();
      closed = Promise.withResolvers();
      schedule();
    },

    /** Resolves when mail may be sent: at once while closed. */
    ready: (): Promise<void> => closed.promise,

    /** Probes no more, and lets go whoever waits. */
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      closed.resolve();
    },
  };
}
