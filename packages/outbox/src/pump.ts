import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Claimed, type Ending, LEASE_SECONDS, type Leases } from "./leases.ts";

export interface PumpConfig<Row extends Claimed, End extends Ending> {
  leases: Pick<Leases<Row, End>, "claim" | "extend" | "settle">;
  /** Rows in hand at once. */
  slots: number;
  /** Resolves when there may be work. */
  ready: () => Promise<void>;
  /** Resolves to how many of `wanted` may be claimed now, at least one. */
  allow: (wanted: number) => Promise<number>;
  /** Takes one row as far as it gets. `held` says whether it is still this worker's. */
  work: (row: Row, held: () => boolean) => Promise<End>;
  /** How a row goes back that cannot be finished here. */
  giveBack: (row: Row) => End;
  /** Called once an ending is on record. */
  onSettled: (row: Row, ending: End) => void;
  onError: (error: unknown) => void;
}

/** Milliseconds between looks at the table when nobody gives word. */
const POLL_MS = 1000;
/** Milliseconds that a look waits at most for half of the slots to come free. */
const GATHER_MS = 100;
/** Milliseconds between signs of life; well under a lease. */
const BEAT_MS = 2000;
/**
 * Milliseconds between tries to write down an end while the database is away: for ten minutes, as
 * whoever claims the row then finds most mails no longer worth sending.
 */
const MARK_AGAIN_MS = 250;
const MARK_TRIES = 2400;

export type Pump = ReturnType<typeof startPump>;

/**
 * Claims what is due and keeps its slots full: a slot is filled again as soon as it is free, so one
 * slow row holds up nothing but itself.
 */
export function startPump<Row extends Claimed, End extends Ending>(config: PumpConfig<Row, End>) {
  const { leases, slots, ready, allow, work, giveBack, onSettled, onError } = config;
  /** What is in hand, and until when it surely is, by the monotonic clock. */
  const held = new Map<string, { row: Row; until: number }>();
  let busy = 0;
  let stopping = false;
  let wakeUp: (() => void) | null = null;
  let slotFreed: (() => void) | null = null;
  let emptied: (() => void) | null = null;

  /** A lease asked for at `since` lasts at least until then. */
  const leasedUntil = (since: number) => since + LEASE_SECONDS * 1000;

  /**
   * Writes an ending down. What has come to its end is tried again while the database is away: nothing
   * is more urgent, as whoever finds a sent mail unmarked sends it again. The rest falls due by itself.
   */
  async function record(row: Row, ending: End): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const settled = await leases.settle({ ...ending, id: row.id, lease: row.lease });
        if (settled) onSettled(row, ending);
        return;
      } catch (error) {
        if (tries === 1) onError(error);
        if (ending.due !== "never" || tries >= MARK_TRIES) return;
        await sleep(MARK_AGAIN_MS);
      }
    }
  }

  async function begin(row: Row): Promise<void> {
    const isHeld = () => {
      const claim = held.get(row.id);
      return claim?.row === row && performance.now() < claim.until;
    };
    let ending: End;
    try {
      ending = await work(row, isHeld);
    } catch (error) {
      onError(error);
      ending = giveBack(row);
    }
    busy -= 1;
    slotFreed?.();
    await record(row, ending);
    if (held.get(row.id)?.row === row) held.delete(row.id);
    if (held.size === 0) emptied?.();
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakeUp = null;
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      wakeUp = done;
    });
  }

  /** Once all slots are taken: waits until many are free, or one for a while, to fill them at once. */
  async function room(): Promise<void> {
    if (busy < slots) return;
    const patience = AbortSignal.timeout(GATHER_MS);
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
        const limit = await allow(slots - busy);
        const until = leasedUntil(performance.now());
        const rows = await leases.claim(randomUUID(), limit);
        busy += rows.length;
        for (const row of rows) {
          held.set(row.id, { row, until });
          void begin(row);
        }
        if (rows.length === 0 && !word && !stopping) await pause();
      } catch (error) {
        onError(error);
        await pause();
      }
    }
  }

  const beat = setInterval(async () => {
    const claims = [...held.values()];
    if (claims.length === 0) return;
    try {
      const until = leasedUntil(performance.now());
      const alive = await leases.extend(claims.map(({ row }) => row));
      for (const claim of claims) claim.until = alive.has(claim.row.id) ? until : 0;
    } catch (error) {
      onError(error);
    }
  }, BEAT_MS);
  const running = run();

  return {
    wake,

    /**
     * Takes nothing more and waits at most `timeout` milliseconds for what is in hand; gives the
     * rest back. `ready` must let go of who waits on it.
     */
    async stop(timeout: number) {
      stopping = true;
      wakeUp?.();
      slotFreed?.();
      await running;
      if (held.size > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeout);
          emptied = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      clearInterval(beat);
      await Promise.all(
        [...held.values()].map(({ row }) =>
          leases.settle({ ...giveBack(row), id: row.id, lease: row.lease }).catch(onError),
        ),
      );
    },
  };
}
