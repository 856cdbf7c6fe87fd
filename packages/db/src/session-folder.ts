import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** What PostgreSQL's clients look for in a folder given as host, with their default port. */
const SOCKET = ".s.PGSQL.5432";

/** The kernel's limit for the path of a socket is 104 bytes on macOS, 108 on Linux, with a NUL. */
const LONGEST_PATH = 100;

export function socketIn(folder: string): string {
  return join(folder, SOCKET);
}

/**
 * Where the socket of an embedded database may be, best first: a folder in the data directory if the
 * path is short enough, and one in the system's temporary directory, named after the data directory.
 */
export function sessionFolders(dataDir: string): string[] {
  const digest = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return [join(dataDir, "socket"), join(tmpdir(), `rekey-${digest}`)].filter(
    (folder) => Buffer.byteLength(socketIn(folder)) <= LONGEST_PATH,
  );
}

/** Whether the folder is a real one that only this user can enter: nobody else made it or can connect. */
export function isPrivate(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return (
    stats?.isDirectory() === true && stats.uid === userInfo().uid && (stats.mode & 0o077) === 0
  );
}

/** Makes the folder private and takes away the socket that a killed server left in it. */
export function preparePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (lstatSync(folder).uid === userInfo().uid) chmodSync(folder, 0o700);
  if (!isPrivate(folder)) throw new Error(`${folder} belongs to somebody else`);
  rmSync(socketIn(folder), { force: true });
}
