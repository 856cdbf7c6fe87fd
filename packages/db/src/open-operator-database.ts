import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { DataDirInUseError } from "./data-dir-lock.ts";
import {
  type Database,
  type DatabaseLocation,
  DatabaseUnreachableError,
  openDatabase,
  openPostgres,
} from "./open-database.ts";
import { isPrivate, sessionFolders, socketIn } from "./session-folder.ts";

/** A server that has the data directory but no socket yet gets this long to start, in milliseconds. */
const PATIENCE = 15_000;

/**
 * Opens the database for a command beside servers that may be running. A PostgreSQL server is simply
 * connected to. The embedded database is reached through the process that has it open, as if it were
 * a PostgreSQL server (`engine` says so too), or opened here when none has.
 *
 * Never migrates what others may be using (`SchemaOutdatedError`). Through another process's embedded
 * database a transaction gets 5 s, and session state (SET, LISTEN, session locks) is not one's own.
 */
export async function openOperatorDatabase(location: DatabaseLocation): Promise<Database> {
  if (location.engine === "postgres") return openPostgres(location.url, "when new");
  const { dataDir } = location;
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await openDatabase(location);
    } catch (error) {
      if (!(error instanceof DataDirInUseError) || dataDir === null) throw error;
      if (process.platform === "win32") throw onWindows(error);
      const folder = sessionFolders(dataDir).find(
        (one) => isPrivate(one) && existsSync(socketIn(one)),
      );
      const database = folder === undefined ? null : await connect(folder, deadline);
      if (database !== null) return database;
      if (Date.now() > deadline) throw error;
      await wait(100);
    }
  }
}

/** Null while nobody answers: the socket is a dead server's, or its server is just starting or ending. */
async function connect(folder: string, deadline: number): Promise<Database | null> {
  try {
    const host = encodeURIComponent(folder);
    return await openPostgres(`postgres://postgres@localhost/postgres?host=${host}`, "when new");
  } catch (error) {
    if (error instanceof DatabaseUnreachableError && Date.now() < deadline) return null;
    throw error;
  }
}

function onWindows(cause: DataDirInUseError): DataDirInUseError {
  return new DataDirInUseError(
    `${cause.message} (Beside a running server the embedded database can be used only where there ` +
      "are Unix sockets, so not on Windows.)",
    { cause },
  );
}
