import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** SQLITE_BUSY: another process holds the lock. */
const BUSY = 5;

/** Somebody else has the embedded database open. */
export class DataDirInUseError extends Error {
  readonly code = "DATA_DIR_IN_USE";
}

/**
 * Takes the data directory for this process alone, or throws `DataDirInUseError`. The lock is the
 * operating system's own (through SQLite's file lock), so it is free the instant its holder dies,
 * however it dies: no stale file, no waiting after a crash.
 */
export function lockDataDir(dataDir: string): Disposable {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const owner = join(dataDir, "server.pid");
  const lock = new DatabaseSync(join(dataDir, "server.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: number }).errcode !== BUSY) throw cause;
    throw new DataDirInUseError(
      `The embedded database in ${dataDir} is already open in process ${readFileSync(owner, "utf8")}. ` +
        "Stop that process, give this one a DATA_DIR of its own, or set DATABASE_URL: " +
        "a PostgreSQL server takes any number of processes.",
      { cause },
    );
  }
  writeFileSync(owner, String(process.pid));
  return { [Symbol.dispose]: () => lock.close() };
}
