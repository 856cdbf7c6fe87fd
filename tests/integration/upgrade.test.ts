import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { openDatabase } from "@rekey/db/open-database";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEventReceiver } from "../support/event-receiver.ts";
import { createTestDatabase } from "../support/postgres.ts";
import { endProgram } from "../support/process.ts";
import { type Engine, engines, noPostgres } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

/**
 * `pg_dump --inserts` of a database that commit 5e8f110 made and worked on: 30 mails queued, 20 that were
 * being sent when the worker was killed, and 10 events that wait for their next attempt in pg-boss.
 */
const dump = gunzipSync(
  readFileSync(join(import.meta.dirname, "../support/fixtures/database-5e8f110.sql.gz")),
).toString();
/** The dump is older than an email is worth sending, and than its link lives. */
const refresh = `
  UPDATE public.mail SET created_at = now(), expires_at = now() + interval '1 hour';
  UPDATE public.password_reset SET requested_at = now(), expires_at = now() + interval '1 hour';`;
const signingKey = "test-key-test-key-test-key-test-key";

async function fill(engine: Engine, location: string): Promise<void> {
  if (engine === "pglite") {
    const pglite = await PGlite.create(join(location, "pglite"));
    await pglite.exec(dump);
    await pglite.exec(refresh);
    return pglite.close();
  }
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  await client.query(dump + refresh).finally(() => client.end());
}

describe.each(engines)("a database of commit 5e8f110 on %s", (engine) => {
  test.skipIf(engine === "postgres" && noPostgres)(
    "is upgraded with its queue: every mail and every event arrives",
    async () => {
      const site = await createSite(engine, { migrated: false });
      const receiver = await startEventReceiver();
      await fill(engine, site.databaseUrl ?? site.env.DATA_DIR);
      const server = await site.start({ ...receiver.env, SECRET_KEY: signingKey });

      const events = await receiver.events("sign_in.new_device", 10);
      expect(new Set(events.map(({ id }) => id)).size).toBe(10);
      expect(receiver.failures).toEqual([]);
      // 40 asked for a link each, and one signed in from ten new browsers.
      await expect.poll(() => site.mailbox.mails.length).toBeGreaterThanOrEqual(50);
      expect(await endProgram(server)).toMatchObject({ code: 0 });

      const database = await openDatabase(
        site.databaseUrl === null
          ? { engine: "pglite", dataDir: site.env.DATA_DIR }
          : { engine: "postgres", url: site.databaseUrl },
      );
      onTestFinished(() => database.close());
      const { prisma } = database;
      const mails = await prisma.mail.findMany();
      expect(mails.map(({ state }) => state)).toEqual(Array(50).fill("sent"));
      expect(mails.every(({ dueAt, lease }) => dueAt === null && lease === null)).toBe(true);
      expect(new Set(site.mailbox.mails.map(({ messageId }) => messageId)).size).toBe(50);
      const outcomes = mails.map(({ attempts }) =>
        (attempts as { outcome: string }[]).map(({ outcome }) => outcome).join(),
      );
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
      expect([count("sent"), count("interrupted,sent")]).toEqual([30, 20]);
      // Its old queue is left for whatever else may use it, with nothing of ours in it.
      expect(await prisma.$queryRaw`SELECT name FROM pgboss.job`).toEqual([]);
      expect(await prisma.$queryRaw`SELECT name FROM pgboss.queue`).not.toContainEqual({
        name: "mail",
      });
    },
  );
});

test.skipIf(noPostgres)("a pg-boss of the product's own is left alone", async () => {
  const { url, drop } = await createTestDatabase({ migrated: false });
  onTestFinished(() => drop());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(`
    CREATE SCHEMA pgboss;
    CREATE TABLE pgboss.queue (name text, retry_limit int);
    CREATE TABLE pgboss.job (id uuid, name text, state text, data jsonb, created_on timestamptz);
    INSERT INTO pgboss.queue VALUES ('mail', 2);
    INSERT INTO pgboss.job VALUES (gen_random_uuid(), 'mail', 'created', '{}', now())`);
  await (await openDatabase({ engine: "postgres", url })).close();
  const { rows } = await client.query("SELECT name, state FROM pgboss.job");
  expect(rows).toEqual([{ name: "mail", state: "created" }]);
});
