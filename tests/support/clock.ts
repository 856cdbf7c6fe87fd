import pg from "pg";
import { onTestFinished, vi } from "vitest";

const realNow = performance.now.bind(performance);
let shiftMs = 0;

/**
 * Lets time pass for whatever runs in this process, until the test ends: for the wall clock, and for the
 * monotonic one, by which Rekey runs its database's clock on. That is enough for an embedded database; a
 * PostgreSQL server has a clock of its own, which `makeClockMovable` is for. Timers go on, so that databases
 * and connections work as ever.
 */
export function passSeconds(seconds: number): void {
  shiftMs += seconds * 1000;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  const monotonic = vi.spyOn(performance, "now").mockImplementation(() => realNow() + shiftMs);
  onTestFinished(() => {
    shiftMs = 0;
    monotonic.mockRestore();
    vi.useRealTimers();
  });
}

/** Functions of a test's own that are found before those of PostgreSQL, and add what has passed. */
const MOVABLE_CLOCK = `
  CREATE SCHEMA test_clock;
  CREATE TABLE test_clock.passed AS SELECT interval '0' AS time;
  CREATE FUNCTION test_clock.now() RETURNS timestamptz STABLE LANGUAGE sql AS
    'SELECT pg_catalog.now() + time FROM test_clock.passed';
  CREATE FUNCTION test_clock.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS
    'SELECT pg_catalog.clock_timestamp() + time FROM test_clock.passed';`;

/**
 * Makes the clock of a PostgreSQL database movable, for sessions that begin afterwards. Returns how to
 * let time pass by it.
 */
export async function makeClockMovable(url: string) {
  async function run(sql: string, values?: unknown[]): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql, values);
    } finally {
      await client.end();
    }
  }

  const name = new URL(url).pathname.slice(1);
  await run(`${MOVABLE_CLOCK}
    ALTER DATABASE ${name} SET search_path = test_clock, pg_catalog, public`);
  return async (seconds: number): Promise<void> => {
    const pass = "UPDATE test_clock.passed SET time = time + $1 * interval '1 second'";
    await run(pass, [seconds]);
    onTestFinished(() => run(pass, [-seconds]));
  };
}
