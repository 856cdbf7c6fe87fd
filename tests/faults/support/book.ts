import { randomUUID } from "node:crypto";
import { hashPassword } from "@rekey/accounts/password-hash";
import { type DatabaseLocation, openDatabase } from "@rekey/db/open-database";
import { openOperatorDatabase } from "@rekey/db/open-operator-database";
import pg from "pg";
import { PASSWORD } from "../../support/people.ts";

/** A delivery record as the database has it. */
export interface BookedMail {
  id: string;
  recipientKey: string | null;
  state: "queued" | "sending" | "sent" | "deferred" | "bounced" | "expired" | "dead" | "skipped";
  reason: string | null;
  messageId: string | null;
  attempts: { outcome: string | null; reply: string | null }[];
}

/** What sessions of the tests' own are called in PostgreSQL, so that a test can spare them. */
export const BOOK = "faults-book";

type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

/**
 * The database as the test reads and fills it, migrated when opened. The embedded one is reached
 * through the process that has it open, if one has.
 */
export async function openBook(location: DatabaseLocation) {
  await (await openDatabase(location)).close();
  const pool =
    location.engine === "postgres"
      ? new pg.Pool({ connectionString: location.url, application_name: BOOK, max: 2 })
      : null;
  // A test may take the server away; what a query meets, it says itself.
  pool?.on("error", () => {});

  const query: Query = async <Row>(sql: string, parameters: unknown[] = []) => {
    if (pool !== null) return (await pool.query(sql, parameters)).rows as Row[];
    const database = await openOperatorDatabase(location);
    try {
      return await database.prisma.$queryRawUnsafe<Row[]>(sql, ...parameters);
    } finally {
      await database.close();
    }
  };

  return {
    query,

    /** Makes accounts that share a password; resolves to their addresses. */
    async addAccounts(count: number): Promise<string[]> {
      const run = randomUUID().slice(0, 8);
      const emails = Array.from({ length: count }, (_, index) => `${run}.${index}@example.test`);
      await query(
        `INSERT INTO account (id, email, email_key, name, password_hash)
         SELECT gen_random_uuid(), email, email, 'Ada Example', $2 FROM unnest($1::text[]) email`,
        [emails, await hashPassword(PASSWORD)],
      );
      return emails;
    },

    mails: () =>
      query<BookedMail>(
        `SELECT id::text, recipient_key AS "recipientKey", state::text, reason, message_id AS "messageId", attempts
         FROM mail ORDER BY created_at`,
      ),

    close: async () => pool?.end(),
  };
}

export type Book = Awaited<ReturnType<typeof openBook>>;
