import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DataDirError, prepareDataDir } from "./data-dir.ts";

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
  prepareDataDir(dataDir);
  const owner = join(dataDir, "server.pid");
  const file = join(dataDir, "server.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock?.close();
    const { errcode, message } = cause as { errcode?: number; message: string };
    if (errcode !== BUSY) {
      throw new DataDirError(
        `The lock file ${file} cannot be used: ${message}. Delete it if no Rekey runs on ${dataDir}.`,
        { cause },
      );
    }
    throw new DataDirInUseError(
      `The embedded database in ${dataDir} is already open in process ${readOwner(owner)}. ` +
        "Stop that process, give this one a DATA_DIR of its own, or set DATABASE_URL: " +
        "a PostgreSQL server takes any number of processes.",
      { cause },
    );
  }
  writeFileSync(owner, String(process.pid), { mode: 0o600 });
  const held = lock;
  return { [Symbol.dispose]: () => held.close() };
}

/** Its holder may be just about to write it. */
function readOwner(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "(unknown)";
  }
}
