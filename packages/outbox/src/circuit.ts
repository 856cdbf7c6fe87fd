/** Failures in a row that open the circuit. */
const THRESHOLD = 5;
/** Waits before a probe, in milliseconds: the first, doubled up to the last. */
const FIRST_WAIT = 1000;
const LAST_WAIT = 30_000;
/** Milliseconds after which a trial that no mail came to ends as if it had gone well. */
const TRIAL = 5 * 60_000;

export interface CircuitConfig {
  /** Whether the mail server can be talked to; sends nothing. Never rejects. */
  probe: () => Promise<{ ok: true } | { ok: false; reason: string }>;
  now: () => Date;
  /** Told when it opens, with the reason, and when it closes again. */
  onChange?: (change: CircuitChange) => void;
}

export type CircuitChange =
  | { state: "open"; reason: string }
  | { state: "closed"; reason: string; seconds: number };

export interface CircuitStatus {
  /** `half-open`: a probe is under way, or the next mail decides. */
  state: "closed" | "open" | "half-open";
  /** ISO 8601; null while closed. */
  since: string | null;
  /** What stood in the way last; never null while it is not closed. */
  reason: string | null;
}

export type Circuit = ReturnType<typeof createCircuit>;

/**
 * Keeps this process from storming a mail server that takes nothing: after a few failures in a row
 * nothing is sent, and one probe at a time, later and later, finds out when to go on. A probe sends no
 * mail, so it cannot tell that mails are refused for a quota or for what is in them: after such
 * failures a good probe lets mails through on trial, and the first that is sent closes the circuit.
 */
export function createCircuit({ probe, now, onChange = () => {} }: CircuitConfig) {
  let state: "closed" | "open" | "probing" | "trial" = "closed";
  let since: Date | null = null;
  let reason: string | null = null;
  let failures = 0;
  let probeTells = true;
  let wait = FIRST_WAIT;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let ready = Promise.withResolvers<void>();
  ready.resolve();

  function after(milliseconds: number, run: () => void) {
    if (timer !== null) clearTimeout(timer);
    timer = stopped ? null : setTimeout(run, milliseconds).unref();
  }

  function open() {
    if (state !== "open" && state !== "probing") ready = Promise.withResolvers();
    state = "open";
    // Half to whole, so that processes do not probe in step.
    after(wait * (0.5 + Math.random() / 2), tryAgain);
    wait = Math.min(wait * 2, LAST_WAIT);
    if (since !== null) return;
    since = now();
    onChange({ state: "open", reason: reason ?? "" });
  }

  async function tryAgain() {
    state = "probing";
    const result = await probe();
    if (stopped) return;
    if (!result.ok) {
      reason = result.reason;
      probeTells = true;
      return open();
    }
    if (probeTells) return close();
    state = "trial";
    after(TRIAL, close);
    ready.resolve();
  }

  function close() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const seconds = since === null ? 0 : (now().getTime() - since.getTime()) / 1000;
    onChange({ state: "closed", reason: reason ?? "", seconds });
    state = "closed";
    since = null;
    reason = null;
    // Only a mail that is sent proves that all is well: until then one failure opens it again.
    failures = THRESHOLD - 1;
    ready.resolve();
  }

  const sends = () => state === "closed" || state === "trial";

  return {
    status: (): CircuitStatus => ({
      state: state === "closed" || state === "open" ? state : "half-open",
      since: since?.toISOString() ?? null,
      reason,
    }),

    /** Whether a mail may be sent now. */
    admits: sends,

    /** The server took a mail. One that was under way when the circuit opened proves nothing. */
    succeeded() {
      if (!sends()) return;
      if (state === "trial") close();
      failures = 0;
      wait = FIRST_WAIT;
      reason = null;
    },

    /**
     * The server, our settings or our standing stood in the way, not the mail.
     * `hidden`: a probe, which signs in and names the sender, does not meet it.
     */
    failed(why: string, { hidden = false } = {}) {
      failures += 1;
      reason = why;
      if (sends() || hidden) probeTells = !hidden;
      if (state === "trial" || (state === "closed" && failures >= THRESHOLD)) open();
    },

    /** Resolves when mail may be sent: at once while closed. */
    ready: (): Promise<void> => ready.promise,

    /** Probes no more, and lets go whoever waits. */
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      ready.resolve();
    },
  };
}
