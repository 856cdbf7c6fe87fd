import { coalesce } from "./coalesce.ts";
import type { Claim, Queue } from "./queue.ts";

export interface PumpConfig {
  queue: Pick<Queue, "claim" | "touch" | "complete" | "retry" | "listen">;
  /** Mails in hand at once. */
  slots: number;
  /** Resolves when mail may be sent. */
  ready: () => Promise<void>;
  /** Resolves to how many of `wanted` may be claimed now, at least one. */
  allow: (wanted: number) => Promise<number>;
  /** Works on claims; for each says whether it is finished or wants another attempt. */
  work: (claims: Claim[], signalFor: (id: string) => AbortSignal) => Promise<Verdict>[];
  onError: (error: unknown) => void;
}

export type Verdict = "finished" | "again";

/** Milliseconds between looks at the queue when nobody gives word. */
const POLL = 2000;
/** Milliseconds that a look at the queue waits at most for half of the slots to come free. */
const GATHER = 100;
/** Milliseconds between signs of life; well under the queue's heartbeat. */
const BEAT = 3000;

export type Pump = Awaited<ReturnType<typeof startPump>>;

/**
 * Takes what is due from the queue and keeps its slots full: a slot is filled again as soon as it is
 * free, so one slow mail holds up nothing but itself.
 */
export async function startPump(config: PumpConfig) {
  const { queue, slots, ready, allow, work, onError } = config;
  const held = new Map<string, { claim: Claim; lost: AbortController }>();
  let busy = 0;
  let stopping = false;
  let wakeUp: (() => void) | null = null;
  let slotFreed: (() => void) | null = null;
  let emptied: (() => void) | null = null;

  const complete = coalesce((claims: Claim[]) => queue.complete(claims).then(() => claims));
  const retry = coalesce((claims: Claim[]) => queue.retry(claims).then(() => claims));

  async function settle(claim: Claim, verdict: Promise<Verdict>) {
    let outcome: Verdict = "again";
    try {
      outcome = await verdict;
    } catch (error) {
      onError(error);
    }
    busy -= 1;
    slotFreed?.();
    try {
      await (outcome === "finished" ? complete(claim) : retry(claim));
    } catch (error) {
      // Its heartbeat ends with it here, and the queue gives it to somebody else.
      onError(error);
    } finally {
      held.delete(claim.id);
      if (held.size === 0) emptied?.();
    }
  }

  function begin(claims: Claim[]) {
    for (const claim of claims) held.set(claim.id, { claim, lost: new AbortController() });
    busy += claims.length;
    const verdicts = work(claims, (id) => held.get(id)?.lost.signal ?? AbortSignal.abort());
    for (const [index, claim] of claims.entries()) {
      void settle(claim, verdicts[index] ?? Promise.resolve("again"));
    }
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakeUp = null;
        resolve();
      };
      const timer = setTimeout(done, POLL);
      wakeUp = done;
    });
  }

  /** Once all slots are taken: waits until many are free, or one for a while, to fill them at once. */
  async function room(): Promise<void> {
    if (busy < slots) return;
    const patience = AbortSignal.timeout(GATHER);
    while (!stopping && (busy === slots || (busy > slots / 2 && !patience.aborted))) {
      await new Promise<void>((resolve) => {
        slotFreed = resolve;
        if (busy < slots) patience.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    slotFreed = null;
  }

  let word = false;
  const wake = () => {
    word = true;
    wakeUp?.();
  };

  async function run() {
    while (!stopping) {
      await ready();
      await room();
      if (stopping) return;
      try {
        word = false;
        const claims = await queue.claim(await allow(slots - busy));
        if (claims.length > 0) begin(claims);
        else if (!word && !stopping) await sleep();
      } catch (error) {
        onError(error);
        await sleep();
      }
    }
  }

  const beat = setInterval(async () => {
    if (held.size === 0) return;
    try {
      const alive = await queue.touch([...held.values()].map(({ claim }) => claim));
      for (const [id, { lost }] of held) if (!alive.has(id)) lost.abort();
    } catch (error) {
      onError(error);
    }
  }, BEAT);

  const unlisten = await queue.listen(wake);
  const running = run();

  return {
    wake,
    busy: () => busy,

    /**
     * Takes nothing more and waits at most `timeout` milliseconds for what is in hand; gives the
     * rest back. The circuit must let go of who waits on it.
     */
    async stop(timeout: number) {
      stopping = true;
      wakeUp?.();
      slotFreed?.();
      await unlisten();
      await running;
      if (held.size > 0) {
        const patience = new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeout);
          emptied = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        await patience;
      }
      clearInterval(beat);
      if (held.size === 0) return;
      try {
        await queue.retry([...held.values()].map(({ claim }) => claim));
      } catch (error) {
        // Their heartbeats end with this process, and the queue gives them to somebody else.
        onError(error);
      }
    },
  };
}
