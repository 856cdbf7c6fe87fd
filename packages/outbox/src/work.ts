import { every } from "@rekey/db/every";
import type { Database } from "@rekey/db/open-database";
import type { Claimed, Ending, Leases } from "./leases.ts";
import { type Pump, type PumpConfig, startPump } from "./pump.ts";

/** How often rows that waited too long are written off, in seconds. */
const OVERDUE_SECONDS = 5;

export interface WorkConfig<Row extends Claimed, End extends Ending> {
  database: Pick<Database, "engine" | "sql" | "listen">;
  leases: Leases<Row, End>;
  /** What it is in the table of periodic tasks. */
  name: string;
  /** Notified in the database when there is something to do. */
  channel: string;
  /** Why a row expired, as its record says. */
  overdue: string;
  onExpired: (row: Row) => void;
  onError: (error: unknown) => void;
}

/** The worker's side of a table whose rows are work: takes it up, keeps at it, writes off the rest. */
export function openWork<Row extends Claimed, End extends Ending>(config: WorkConfig<Row, End>) {
  const { database, leases, name, channel, overdue, onExpired, onError } = config;
  let pump: Pump | null = null;
  let endings: (() => unknown)[] = [];

  async function expire() {
    for (const row of await leases.expire(overdue)) onExpired(row);
  }

  return {
    wake: () => pump?.wake(),

    async start(how: Omit<PumpConfig<Row, End>, "leases" | "onError">): Promise<void> {
      // The embedded database has one process, and this is it: whoever had something in hand is dead.
      if (database.engine === "pglite") await leases.release();
      const started = startPump({ ...how, leases, onError });
      pump = started;
      const task = { name: `expire ${name}`, seconds: OVERDUE_SECONDS, run: expire, onError };
      endings = [database.listen(channel, started.wake), every(database.sql, task)];
    },

    /** Takes nothing more, finishes what is in hand within `timeout` milliseconds or gives it back. */
    async stop(timeout: number): Promise<void> {
      for (const end of endings) await end();
      await pump?.stop(timeout);
    },
  };
}
