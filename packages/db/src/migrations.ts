import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { openSchemaEngine } from "./schema-engine.ts";

const folder = join(import.meta.dirname, "../prisma");

export interface Migration {
  name: string;
  sql: string;
}

/** Every migration, in the order in which they are applied. */
export function readMigrations(): Migration[] {
  return readdirSync(join(folder, "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(join(folder, "migrations", name, "migration.sql"), "utf8"),
    }));
}

/**
 * The names of the migrations that this database lacks. Reads Prisma's history table only, so it is
 * cheap enough for every start and for readiness. Throws when an applied migration was edited since.
 */
export async function pendingMigrations(prisma: PrismaClient): Promise<string[]> {
  const [table] = await prisma.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`;
  const applied = table?.exists
    ? await prisma.$queryRaw<{ name: string; checksum: string }[]>`
        SELECT migration_name AS name, checksum FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
    : [];
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  return readMigrations()
    .filter(({ name, sql }) => {
      const checksum = checksums.get(name);
      if (checksum === undefined) return true;
      if (checksum === createHash("sha256").update(sql).digest("hex")) return false;
      throw new Error(`Migration ${name} was edited after it was applied to this database`);
    })
    .map(({ name }) => name);
}

/**
 * Makes Prisma's history table as Prisma makes it. Its engine refuses to begin in a schema that holds
 * any other table (P3005), and the lock around migrations is one.
 */
export async function makeMigrationHistory(db: {
  query(text: string): Promise<unknown>;
}): Promise<void> {
  await db.query(`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
      applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
}

/** Nothing in the schema is managed by somebody else. */
const filters = { externalTables: [], externalEnums: [] };

function readDatamodel(): string {
  return readFileSync(join(folder, "schema.prisma"), "utf8");
}

/** The migrations folder in the schema engine's terms. */
function migrationList(migrations: Migration[]): MigrationList {
  return {
    baseDir: join(folder, "migrations"),
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(folder, "migrations/migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

/**
 * Brings the database up to date, as `prisma migrate deploy` would. The caller holds a lock that
 * keeps other processes from doing the same at once. Resolves to the names applied.
 */
export async function applyMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: Migration[] = readMigrations(),
): Promise<string[]> {
  const engine = await openSchemaEngine(adapter, readDatamodel());
  try {
    const result = await engine.applyMigrations({
      migrationsList: migrationList(migrations),
      filters,
    });
    return result.appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * The SQL that takes a database from the migrations folder to what schema.prisma says now; empty
 * when they agree. `adapter` is a scratch database.
 */
export async function diffMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<string> {
  await applyMigrations(adapter);
  const content = readDatamodel();
  const engine = await openSchemaEngine(adapter, content);
  try {
    const files = [{ path: "schema.prisma", content }];
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: folder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout?.includes("This is an empty migration") ? "" : (stdout ?? "");
  } finally {
    engine.free();
  }
}
