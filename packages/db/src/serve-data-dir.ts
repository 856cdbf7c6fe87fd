import { chmodSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { preparePrivateFolder, sessionFolders, socketIn } from "./session-folder.ts";
import { type SessionServer, serveSession } from "./session-server.ts";

/**
 * Serves an embedded database to the operator's commands, in the first folder where a socket can be
 * made. Null where there are no Unix sockets (Windows). The caller holds the data directory's lock.
 */
export async function serveDataDir(pglite: PGlite, dataDir: string): Promise<SessionServer | null> {
  if (process.platform === "win32") return null;
  const failures: unknown[] = [];
  for (const folder of sessionFolders(dataDir)) {
    try {
      preparePrivateFolder(folder);
      const server = await serveSession(pglite, socketIn(folder));
      chmodSync(socketIn(folder), 0o600);
      return server;
    } catch (error) {
      // Some mounted file systems hold no sockets; the temporary directory's does.
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `No socket can be made for ${dataDir}`);
}
