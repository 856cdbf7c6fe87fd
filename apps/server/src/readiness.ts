import { statfs } from "node:fs/promises";
import type { PrismaClient } from "@rekey/db/client";
import { isDatabaseAway } from "@rekey/db/database-away";
import { pendingMigrations } from "@rekey/db/migrations";
import type { Sql } from "@rekey/db/open-database";
import { type Failures, reasonOf } from "./failures.ts";
import type { Logger } from "./logger.ts";

/** A check that takes longer counts as failed. */
const TIMEOUT_MS = 2000;
/** How often the process looks by itself, so that a fault shows without any traffic. */
const WATCH_EVERY_MS = 5000;
/** One segment of PostgreSQL's write-ahead log: with less room, the next write may fail. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;
/** A write that found the disk full counts for so long. */
const DISK_FULL_MS = 30_000;
/** Half the time that codes, links and leases can spare. */
const SKEW_WARNING_SECONDS = 5;

/** `outage`: the database is away for the moment; `database`: it answers with an error. */
type Cause = "outage" | "database" | "migrations" | "disk";

export type Readiness = { ready: true } | { ready: false; cause: Cause; why: string };

export interface ReadinessOptions {
  prisma: PrismaClient;
  sql: Sql;
  /** The folder of the embedded database; null if the database is elsewhere. */
  dataDir: string | null;
  failures: Failures;
  logger: Pick<Logger, "warn" | "info">;
}

export type ReadinessCheck = ReturnType<typeof createReadiness>;

/**
 * Whether this process can serve: the database answers, is at this version's schema and takes writes,
 * and the disk has room. Looks when asked, and every few seconds by itself.
 */
export function createReadiness({ prisma, sql, dataDir, failures, logger }: ReadinessOptions) {
  let running: Promise<Readiness> | null = null;
  let skewSeconds: number | null = null;
  let skewed = false;
  /** Why it is not ready, as the log has it; an outage of the database is logged as such. */
  let told: string | null = null;

  async function look(): Promise<Readiness> {
    try {
      const pending = await inTime(pendingMigrations(prisma));
      if (pending.length > 0)
        return notReady("migrations", `migrations are pending: ${pending.join(", ")}`);
      await inTime(write());
    } catch (error) {
      const cause = isDatabaseAway(error) ? "outage" : "database";
      if (cause === "outage") failures.report({ where: "readiness", requestId: "none", error });
      return notReady(cause, `database: ${reasonOf(error)}`);
    }
    failures.databaseAnswers();
    if (failures.diskFullWithin(DISK_FULL_MS))
      return notReady("disk", "disk: a write found it full");
    const free = dataDir === null ? null : await freeBytes(dataDir);
    if (free !== null && free < LEAST_FREE_BYTES) {
      return notReady("disk", `disk: ${Math.floor(free / 1024)} kB are free in DATA_DIR`);
    }
    return { ready: true };
  }

  /** A replica and a full disk still answer questions; only a write shows them. */
  async function write(): Promise<void> {
    const sentAt = Date.now();
    const { rows } = await sql.query(
      `INSERT INTO rate_limit (key, points, expire) VALUES ('readiness', 0, $1)
       ON CONFLICT (key) DO UPDATE SET expire = excluded.expire
       RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
      [sentAt],
    );
    const [row] = rows as { ms: number }[];
    if (row === undefined) return;
    // As if the database had looked at its clock half way between question and answer.
    noteSkew((row.ms - (sentAt + Date.now()) / 2) / 1000);
  }

  function noteSkew(seconds: number): void {
    skewSeconds = seconds;
    const now = Math.abs(seconds) > SKEW_WARNING_SECONDS;
    if (now === skewed) return;
    skewed = now;
    const details = { seconds: Math.round(seconds * 10) / 10 };
    if (skewed) logger.warn(details, "the database's clock and this host's differ");
    else logger.info(details, "the database's clock and this host's agree again");
  }

  /** Callers at the same time share one look. */
  function check(): Promise<Readiness> {
    running ??= look()
      .then(tell)
      .finally(() => {
        running = null;
      });
    return running;
  }

  function tell(readiness: Readiness): Readiness {
    const why = readiness.ready || readiness.cause === "outage" ? null : readiness.why;
    if (why !== null && why !== told) logger.warn({ why }, "not ready");
    if (readiness.ready && told !== null) logger.info("ready again");
    if (why !== null || readiness.ready) told = why;
    return readiness;
  }

  return {
    check,
    /** Seconds that the database's clock is ahead of ours, when last seen; null before that. */
    skewSeconds: () => skewSeconds,
    /** Looks every few seconds until it is disposed of. */
    watch(): Disposable {
      const timer = setInterval(() => void check(), WATCH_EVERY_MS).unref();
      void check();
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
  };
}

function notReady(cause: Cause, why: string): Readiness {
  return { ready: false, cause, why };
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // Some mounted file systems do not say.
    return null;
  }
}

/** A call to a database that hangs is no answer. */
class NoAnswerError extends Error {
  readonly code = "ETIMEDOUT";
}

async function inTime<T>(call: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeout.reject(new NoAnswerError("the database does not answer")),
    TIMEOUT_MS,
  );
  try {
    return await Promise.race([call, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
