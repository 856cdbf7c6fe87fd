import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { PrismaClient } from "../generated/prisma/client.ts";
import { type Clock, startClock } from "./clock.ts";
import { checkCluster, closeClusterToOthers, damaged, isDamage } from "./data-dir.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { applyMigrations, pendingMigrations } from "./migrations.ts";
import { type Database, transactionOptions } from "./open-database.ts";
import { retried, retryTransactions } from "./retried.ts";
import { serveDataDir } from "./serve-data-dir.ts";
import type { SessionServer } from "./session-server.ts";
import type { Sql } from "./sql.ts";
import { readTemplate } from "./template.ts";

/** Opens the embedded database in `dataDir`, or one in memory, and brings its schema up to date. */
export async function openPglite(dataDir: string | null): Promise<Database> {
  const lock = dataDir === null ? null : lockDataDir(dataDir);
  const pglite = await startPglite(dataDir).catch((error) => {
    lock?.[Symbol.dispose]();
    throw error;
  });
  const adapter = new PrismaPGlite(pglite);
  const prisma = new PrismaClient({ adapter, transactionOptions });
  const sql: Sql = { query: (text, values) => retried(() => pglite.query(text, values)) };
  let operators: SessionServer | null = null;
  let clock: Clock | null = null;
  const close = async () => {
    clock?.[Symbol.dispose]();
    await operators?.close();
    await prisma.$disconnect();
    if (!pglite.closed) await pglite.close();
    lock?.[Symbol.dispose]();
  };
  try {
    if ((await pendingMigrations(prisma)).length > 0) await applyMigrations(adapter);
    clock = await startClock(sql);
    if (dataDir !== null) operators = await serveDataDir(pglite, dataDir);
    return {
      engine: "pglite",
      prisma: retryTransactions(prisma),
      sql,
      now: clock.now,
      listen(channel, wake) {
        const listening = pglite.listen(channel, wake);
        return async () => (await listening)();
      },
      close,
    };
  } catch (error) {
    await close();
    if (dataDir !== null && isDamage(error)) {
      throw damaged(join(dataDir, "pglite"), "some of its files are damaged or missing", error);
    }
    throw error;
  }
}

/**
 * Starts PGlite. A new database is a copy of the template, if the build has made one; migrations that
 * the template lacks are applied on top, as they are to a database of an earlier version.
 */
async function startPglite(dataDir: string | null): Promise<PGlite> {
  if (dataDir === null) return createPglite("memory://");
  const folder = join(dataDir, "pglite");
  if (!existsSync(folder)) {
    // Made beside and renamed when whole: a process killed during its first start leaves no half of one.
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    await (await createPglite(part)).close();
    renameSync(part, folder);
  }
  checkCluster(folder);
  try {
    const pglite = await PGlite.create(folder);
    closeClusterToOthers(folder);
    return pglite;
  } catch (cause) {
    throw damaged(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A new one: a copy of the template, if there is one. */
export async function createPglite(url: string): Promise<PGlite> {
  const template = await readTemplate();
  return PGlite.create(url, template === null ? {} : { loadDataDir: template });
}
