import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/prisma/client.ts";
import { applyMigrations, pendingMigrations } from "./migrations.ts";

/** Where the data lives: a PostgreSQL server, or PostgreSQL embedded in this process. */
export type DatabaseLocation =
  | { engine: "postgres"; url: string }
  /** `dataDir` null keeps everything in memory, for tests. */
  | { engine: "pglite"; dataDir: string | null };

/** What a library that speaks SQL itself (the queue) connects with. */
export type SqlSource = { engine: "postgres"; url: string } | { engine: "pglite"; pglite: PGlite };

/** One statement past Prisma, on the same connections; never inside a transaction of Prisma's. */
export interface Sql {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface Database {
  prisma: PrismaClient;
  sql: Sql;
  source: SqlSource;
  close(): Promise<void>;
}

/** Any constant that nothing else in the database locks: the letters "rekey". */
const MIGRATION_LOCK = 0x72656b6579;

/** A transaction waits this long for a connection, and may take this long, in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 15_000 };

/**
 * Opens the database and brings its schema up to date. Both engines take the same schema, the same
 * migrations and the same queries. Any number of processes may start at once on one server: an
 * advisory lock lets one of them migrate. A second process on one embedded database is refused with
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
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter, transactionOptions });
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
  } catch (error) {
    await prisma.$disconnect();
    throw error;
  }
  return {
    prisma,
    sql: { query: (text, values) => pool.query(text, values) },
    source: { engine: "postgres", url },
    close: () => prisma.$disconnect(),
  };
}

async function isNew(prisma: PrismaClient): Promise<boolean> {
  const [table] = await prisma.$queryRaw<{ missing: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NULL AS missing`;
  return table?.missing === true;
}

/** On connections of its own, so that every lock taken on the way ends with them, even in a crash. */
async function migrateAlone(url: string, prisma: PrismaClient): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, application_name: "rekey-migrate" });
  const session = await pool.connect();
  try {
    await session.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    // Another process may have done it while this one waited.
    if ((await pendingMigrations(prisma)).length > 0) await applyMigrations(new PrismaPg(pool));
  } finally {
    session.release();
    await pool.end();
  }
}
