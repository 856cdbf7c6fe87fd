import { join } from "node:path";
import { address } from "./people.ts";

/**
 * All that the benchmark knows of Rekey's inside: where accounts, history and waiting jobs are kept.
 * Everything else talks HTTP and SMTP.
 */
export type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Where the embedded database lives in a data directory. */
export const pgliteFolder = (dataDir: string) => join(dataDir, "pglite");

/** Accounts numbered from `from` up to, not including, `to`, all with one password hash. */
export async function fillAccounts(
  sql: Sql,
  { from = 0, to, passwordHash }: { from?: number; to: number; passwordHash: string },
): Promise<void> {
  await sql(
    `INSERT INTO account (id, email, email_key, name, password_hash)
     SELECT gen_random_uuid(), email, email, 'Person ' || i, $3
     FROM generate_series($1::int, $2::int - 1) i, LATERAL (SELECT replace($4, '0', i::text)) e(email)`,
    [from, to, passwordHash, address(0)],
  );
  await sql("ANALYZE account");
}

/** The password hash that Rekey stored for an account. */
export async function storedHash(sql: Sql, email: string): Promise<string> {
  const [row] = await sql("SELECT password_hash FROM account WHERE email = $1", [email]);
  return String(row?.password_hash);
}

/** Throws away what waits to be mailed, so that it does not compete with the next round. */
export async function discardBacklog(sql: Sql): Promise<void> {
  // What a worker has claimed it keeps.
  await sql("DELETE FROM mail WHERE due_at IS NOT NULL AND lease IS NULL");
}

/** How many mails are waiting or being sent. */
export async function mailsUnderWay(sql: Sql): Promise<number> {
  const [row] = await sql("SELECT count(*)::int AS n FROM mail WHERE due_at IS NOT NULL");
  return Number(row?.n);
}

/** Tables that grow with use, and the columns in which their rows must differ. */
const history: Record<string, string> = {
  session: "jsonb_build_object('id', md5(i::text) || md5('s' || i), 'account_id', a.id)",
  password_reset:
    "jsonb_build_object('id', gen_random_uuid(), 'account_id', a.id, 'state', 'used')",
  mail: `jsonb_build_object('id', gen_random_uuid(), 'account_id', a.id, 'recipient', a.email,
    'recipient_key', a.email_key, 'message_id', '<' || gen_random_uuid() || '@example.test>')`,
};

/**
 * One row for each account in each of those tables, copies of the row that Rekey itself left there
 * after one sign-in and one delivered reset mail. Returns the rows added by table.
 */
export async function fillHistory(sql: Sql): Promise<Record<string, number>> {
  const added: Record<string, number> = {};
  for (const [table, differing] of Object.entries(history)) {
    const [row] = await sql(
      `WITH filled AS (
         INSERT INTO ${table}
         SELECT r.* FROM (SELECT to_jsonb(s) AS sample FROM ${table} s LIMIT 1) t,
           (SELECT row_number() OVER () AS i, id, email, email_key FROM account) a,
           LATERAL jsonb_populate_record(NULL::${table}, t.sample || ${differing}) r
         RETURNING 1)
       SELECT count(*)::int AS n FROM filled`,
    );
    added[table] = Number(row?.n);
  }
  await sql("VACUUM ANALYZE");
  return added;
}
