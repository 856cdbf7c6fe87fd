import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What Rekey itself keeps in a data directory. */
const OURS = new Set([
  "mails",
  "pglite",
  "pglite.part",
  "secret.key",
  "server.lock",
  "server.pid",
  "socket",
]);

/** The version of PostgreSQL whose files the embedded database reads and writes. */
const CLUSTER_VERSION = "18";

const OPEN_TO_OTHERS = 0o077;
const STICKY = 0o1000;

/** DATA_DIR, or the database in it, cannot be used; the message says why and what to do. */
export class DataDirError extends Error {
  readonly code = "DATA_DIR_UNUSABLE";
}

/**
 * Makes the data directory, or checks the one that is there, before anything is put into it: it holds
 * password hashes and the signing key, so only its owner may enter (0700). A directory that is open to
 * others is closed to them if it is Rekey's alone; one with folders of something else, such as /tmp, is
 * refused. Throws `DataDirError`.
 */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dataDir, error);
  }
  // Elsewhere the parent's permissions are inherited, and there is no mode to set.
  if (process.platform !== "win32") closeToOthers(dataDir);
}

/** As `mkdir` with `recursive`, which never ends where a parent can be neither made nor found (/proc). */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

function closeToOthers(dataDir: string): void {
  const { mode } = statSync(dataDir);
  const entries = readdirSync(dataDir, { withFileTypes: true });
  if ((mode & OPEN_TO_OTHERS) !== 0) {
    const foreign = entries.find((entry) => entry.isDirectory() && !OURS.has(entry.name));
    if (foreign !== undefined || (mode & STICKY) !== 0) {
      throw new DataDirError(
        `DATA_DIR ${dataDir} is open to other users (mode ${octal(mode)}) and ` +
          `${foreign ? `holds ${foreign.name}, which is not Rekey's` : "shared by all of them"}. ` +
          "Set DATA_DIR to a folder of its own, inside it if you like: Rekey makes it.",
      );
    }
    tighten(dataDir, 0o700);
  }
  for (const entry of entries.filter(({ name }) => OURS.has(name))) {
    const path = join(dataDir, entry.name);
    if ((statSync(path).mode & OPEN_TO_OTHERS) !== 0) {
      tighten(path, entry.isDirectory() ? 0o700 : 0o600);
    }
  }
}

function tighten(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    throw unusable(path, error);
  }
  const { mode: kept } = statSync(path);
  if ((kept & OPEN_TO_OTHERS) !== 0) {
    throw new DataDirError(
      `${path} is open to other users (mode ${octal(kept)}) and its file system keeps it so. ` +
        "Set DATA_DIR to a folder on one that keeps permissions.",
    );
  }
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

function unusable(path: string, cause: unknown): DataDirError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const user = process.getuid ? `user ${process.getuid()}` : "this user";
  return new DataDirError(`DATA_DIR ${path} cannot be used: ${why()}.`, { cause });

  function why(): string {
    switch (code) {
      case "EACCES":
      case "EPERM":
        return `${user} may not write there. Give it to that user, or set DATA_DIR to a folder of its own`;
      case "EROFS":
        return "its file system is mounted read-only. Mount it writable, or set DATA_DIR to another folder";
      case "ENOTDIR":
      case "EEXIST":
        return "a file is in its place. Move the file away, or set DATA_DIR to a folder";
      case "ENOSPC":
        return "its disk is full. Make room, or set DATA_DIR to a folder on another disk";
      case "ENOENT":
        return "its parent folder cannot be made. Make it, or set DATA_DIR to another folder";
      default:
        return message;
    }
  }
}

/**
 * Checks that `folder` holds a database that this version can open, as far as one can see from its
 * files. The embedded PostgreSQL would put a new, empty database in the place of one that it does not
 * recognise. Throws `DataDirError`.
 */
export function checkCluster(folder: string): void {
  let version: string;
  try {
    version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw damaged(folder, "PG_VERSION is missing");
    if (code === "ENOTDIR") throw damaged(folder, "it is a file, not a folder");
    throw damaged(folder, message);
  }
  if (version === CLUSTER_VERSION) return;
  if (!/^\d+(\.\d+)?$/.test(version)) throw damaged(folder, "PG_VERSION names no version");
  throw new DataDirError(
    `The database in ${folder} belongs to PostgreSQL ${version}, and the embedded one is PostgreSQL ` +
      `${CLUSTER_VERSION}. Nothing was changed. Set DATABASE_URL to a server of that version, or set ` +
      "DATA_DIR to another folder.",
  );
}

/** What to tell when a database does not open although its files looked right. */
export function damaged(folder: string, said: string, cause?: unknown): DataDirError {
  return new DataDirError(
    `The embedded database in ${folder} cannot be opened: ${said}. Nothing was replaced. ` +
      "Restore the folder from a backup (docs/operations.md, Restoring a backup of the database), or move " +
      "it away to begin with an empty database.",
    { cause },
  );
}

/** SQLSTATE of damaged data and of files that are gone. */
const DAMAGE = /\b(XX001|XX002|58P01)\b|invalid page in block|could not (read|open) (block|file)/;

/** Whether a query failed because files of the database are damaged. */
export function isDamage(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, originalCode, message, meta, cause } = error as Record<string, unknown>;
  return (
    [code, originalCode, message].some((one) => DAMAGE.test(String(one))) ||
    isDamage(cause) ||
    isDamage((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError)
  );
}

/**
 * Takes others' permissions from every file of the embedded database, which makes its files 0666
 * whatever the umask. Those it makes later are behind its folder's 0700.
 */
export function closeClusterToOthers(folder: string): void {
  if (process.platform === "win32") return;
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}
