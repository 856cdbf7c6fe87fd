import { createHash, randomUUID } from "node:crypto";
import { readMigrations } from "@rekey/db/migrations";
import { openDatabase } from "@rekey/db/open-database";
import pg from "pg";

/** A server on which databases may be made and dropped. */
const adminUrl =
  process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres?connect_timeout=2";

/** Null when PostgreSQL answers, else why not. */
export async function whyNoPostgres(): Promise<string | null> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as { code?: string }).code : error;
    return `none answers at 127.0.0.1:5432 (${why}); start one, or set TEST_DATABASE_URL`;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Any constant that nothing else on the server locks: the letters "rekeyt". */
const TEMPLATE_LOCK = 0x72656b657974;

const TEMPLATES = "rekey_test_template_";

async function admin<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  url.search = "";
  return url.href;
}

/** The template's name says what it holds and when it was made: one day's is not used on the next. */
function templateName(): string {
  const hash = createHash("sha256");
  for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  return `${TEMPLATES}${day}_${hash.digest("hex").slice(0, 12)}`;
}

/**
 * Makes sure that a migrated database is there to be copied, and drops those of earlier days. The
 * caller holds the lock. It gets its name only once it is whole, and nobody connects to it after that.
 */
async function ensureTemplate(client: pg.Client): Promise<string> {
  const wanted = templateName();
  const { rows } = await client.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
    [TEMPLATES],
  );
  const names = rows.map(({ name }) => name);
  if (names.includes(wanted)) return wanted;
  const today = wanted.slice(0, wanted.lastIndexOf("_"));
  const stale = names.filter((name) => !name.startsWith(today) || name === `${wanted}_part`);
  for (const name of stale) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${wanted}_part`);
  await (await openDatabase({ engine: "postgres", url: urlOf(`${wanted}_part`) })).close();
  await client.query(`ALTER DATABASE ${wanted}_part RENAME TO ${wanted}`);
  return wanted;
}

/**
 * A database of its own for one test file, with every migration applied (a copy of one that was
 * migrated once), or an empty one for tests of the migrations themselves.
 */
export async function createTestDatabase({ migrated = true } = {}) {
  const name = `rekey_test_${randomUUID().replaceAll("-", "")}`;
  await admin(async (client) => {
    if (!migrated) return client.query(`CREATE DATABASE ${name}`);
    // Ends with the session, however it ends.
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    return client.query(`CREATE DATABASE ${name} TEMPLATE ${await ensureTemplate(client)}`);
  });
  return {
    url: urlOf(name),
    drop: async (): Promise<void> => {
      await admin((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
