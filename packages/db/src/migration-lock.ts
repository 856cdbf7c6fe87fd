import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** A holder that gave no sign of life for this long is dead, in seconds; it gives one every few. */
const HELD_SECONDS = 30;
const BEAT_MS = 5000;
const LOOK_MS = 200;

/** Another process made the same table at the same time (unique_violation, duplicate_table, duplicate_object). */
const MADE_MEANWHILE = new Set(["23505", "42P07", "42710"]);

const MAKE = `
  CREATE TABLE IF NOT EXISTS migration_lock (
    id INTEGER NOT NULL, holder UUID NOT NULL, until TIMESTAMPTZ(6) NOT NULL,
    CONSTRAINT migration_lock_pkey PRIMARY KEY (id))`;

const TAKE = `
  INSERT INTO migration_lock (id, holder, until) VALUES (1, $1, now() + $2 * interval '1 second')
  ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE migration_lock.until < now() OR migration_lock.holder = excluded.holder
  RETURNING id`;

/**
 * Runs `work` in one process at a time; the others wait. The lock is a row, not a session's, so that it
 * holds behind a pooler and on engines that know no advisory locks. A dead holder's runs out.
 */
export async function withMigrationLock(
  pool: Pick<pg.Pool, "query">,
  work: () => Promise<void>,
): Promise<void> {
  const holder = randomUUID();
  const take = async () => (await pool.query(TAKE, [holder, HELD_SECONDS])).rowCount === 1;
  await pool.query(MAKE).catch((error: { code?: string }) => {
    if (!MADE_MEANWHILE.has(error.code ?? "")) throw error;
  });
  while (!(await take())) await sleep(LOOK_MS);
  // A beat that fails is followed by another; a database that stays away fails the work itself.
  const beat = setInterval(() => void take().catch(() => {}), BEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beat);
    await pool.query("DELETE FROM migration_lock WHERE holder = $1", [holder]);
  }
}
