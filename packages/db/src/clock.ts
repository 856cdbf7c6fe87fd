import type { Sql } from "./sql.ts";

/** How often the database is asked for the time, in milliseconds. */
const SYNC_MS = 30_000;
/** An answer that took longer says too little of the time, unless it is the first. */
const ACCURATE_MS = 1000;

export interface Clock extends Disposable {
  now(): Date;
}

/**
 * The database's clock, as far as this process knows it: read now and then, and run on by the monotonic
 * clock. So processes agree on the time, and a machine's own clock that is off, or is set, changes
 * nothing.
 */
export async function startClock(sql: Sql): Promise<Clock> {
  let zero: number | null = null;

  async function sync() {
    const before = performance.now();
    const { rows } = await sql.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    const after = performance.now();
    const [row] = rows;
    if (row === undefined || (zero !== null && after - before > ACCURATE_MS)) return;
    zero = row.now.getTime() - (before + after) / 2;
  }

  await sync();
  // While the database is away, the time goes on as it last was.
  const timer = setInterval(() => void sync().catch(() => {}), SYNC_MS).unref();
  return {
    now: () => new Date((zero ?? 0) + performance.now()),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
