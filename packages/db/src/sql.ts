import { createHash } from "node:crypto";
import type pg from "pg";
import { retried } from "./retried.ts";

/** Single statements past Prisma, on the same connections; never inside a transaction of Prisma's. */
export interface Sql {
  query<Row = unknown>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/**
 * PostgreSQL's codes for "there is no such prepared statement" and "there is one already": a pooler in
 * front shares sessions among its clients (PgBouncer in transaction mode before 1.21, or with
 * max_prepared_statements = 0).
 */
const SHARED_SESSION = new Set(["26000", "42P05"]);

/**
 * Runs statements on `pool`, each prepared once in each connection, under a name made of its text, so
 * that no two versions mean different statements by one name. Behind a pooler that shares sessions it
 * finds that out by the first failure, in which nothing was executed, and prepares no more.
 */
export function createSql(pool: Pick<pg.Pool, "query">): Sql {
  const names = new Map<string, string>();
  let prepares = true;

  function nameOf(text: string): string {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `rekey_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
    names.set(text, name);
    return name;
  }

  async function run(text: string, values: unknown[]): Promise<pg.QueryResult> {
    if (prepares) {
      try {
        return await pool.query({ name: nameOf(text), text, values });
      } catch (error) {
        if (!SHARED_SESSION.has((error as { code?: string }).code ?? "")) throw error;
        prepares = false;
      }
    }
    return pool.query(text, values);
  }

  return { query: (text, values = []) => retried(() => run(text, values)) };
}
