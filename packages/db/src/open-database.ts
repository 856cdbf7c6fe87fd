import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/prisma/client.ts";
import { startClock } from "./clock.ts";
import { listen } from "./listen.ts";
import { withMigrationLock } from "./migration-lock.ts";
import { applyMigrations, makeMigrationHistory, pendingMigrations } from "./migrations.ts";
import { retryTransactions } from "./retried.ts";
import { createSql, type Sql } from "./sql.ts";

/** Where the data lives: a PostgreSQL server, or PostgreSQL embedded in this process. */
export type DatabaseLocation =
  | { engine: "postgres"; url: string }
  /** `dataDir` null keeps everything in memory, for tests. */
  | { engine: "pglite"; dataDir: string | null };

export type { Sql };

export interface Database {
  engine: DatabaseLocation["engine"];
  /** Its transactions are run again when the database gives them up. */
  prisma: PrismaClient;
  sql: Sql;
  /** The database's clock: what every process goes by. */
  now: () => Date;
  /** Calls `wake` when somebody notified `channel`; a hint that may not come. Returns how to stop. */
  listen(channel: string, wake: () => void): () => Promise<void>;
  close(): Promise<void>;
}

/** A transaction waits this long for a connection, and may take this long, in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 15_000 };

/**
 * Opens the database and brings its schema up to date. Both engines take the same schema, the same
 * migrations and the same queries. Any number of processes may start at once on one server: a lock in
 * a table lets one of them migrate. A second process on one embedded database is refused with
 * `DataDirInUseError`; the operator's commands reach it through the one that runs.
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  if (location.engine === "postgres") return openPostgres(location.url, "always");
  // A process on a PostgreSQL server needs none of what this loads.
  const { openPglite } = await import("./open-pglite.ts");
  return openPglite(location.dataDir);
}

/** The server at DATABASE_URL cannot be used; the message says where it is and what it said. */
export class DatabaseUnreachableError extends Error {
  readonly code = "DATABASE_UNREACHABLE";
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    const { host, pathname } = new URL(url);
    const said =
      cause instanceof Error ? cause.message || (cause as { code?: string }).code : cause;
    throw new DatabaseUnreachableError(
      `The database ${pathname.slice(1)} on ${host} cannot be used: ${said}. ` +
        "Check DATABASE_URL and that the server runs and lets this user in.",
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** The database's schema is not this version's, and bringing it up to date is not for the caller. */
export class SchemaOutdatedError extends Error {
  readonly code = "SCHEMA_OUTDATED";
}

/**
 * `migrates`: "always" brings the schema up to date; "when new" does so only on a database that has
 * none, because servers of an older version may be using it, and is a `SchemaOutdatedError` otherwise.
 */
export async function openPostgres(
  url: string,
  migrates: "always" | "when new",
): Promise<Database> {
  await checkServer(url);
  const pool = new pg.Pool({ connectionString: url, application_name: "rekey" });
  // A connection that breaks while nobody uses it is replaced by the next that is wanted.
  pool.on("error", () => {});
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter, transactionOptions });
  const sql = createSql(pool);
  try {
    const pending = await pendingMigrations(prisma);
    if (pending.length > 0) {
      if (migrates === "when new" && !(await isNew(prisma))) {
        throw new SchemaOutdatedError(
          `The database lacks ${pending.join(", ")}. Start the server of this version: it migrates.`,
        );
      }
      await migrateAlone(url, prisma);
    }
    const clock = await startClock(sql);
    return {
      engine: "postgres",
      prisma: retryTransactions(prisma),
      sql,
      now: clock.now,
      listen: (channel, wake) => listen(url, channel, wake),
      async close() {
        clock[Symbol.dispose]();
        await prisma.$disconnect();
      },
    };
  } catch (error) {
    await prisma.$disconnect();
    throw error;
  }
}

async function isNew(prisma: PrismaClient): Promise<boolean> {
  const [table] = await prisma.$queryRaw<{ missing: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NULL AS missing`;
  return table?.missing === true;
}

async function migrateAlone(url: string, prisma: PrismaClient): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, application_name: "rekey-migrate" });
  try {
    await withMigrationLock(pool, async () => {
      // Another process may have done it while this one waited.
      if ((await pendingMigrations(prisma)).length === 0) return;
      await makeMigrationHistory(pool);
      await applyMigrations(new PrismaPg(pool));
    });
  } finally {
    await pool.end();
  }
}
