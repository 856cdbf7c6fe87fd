import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@rekey/tests/support/free-port.ts";
import { limitsOff } from "@rekey/tests/support/limits-off.ts";
import { createTestDatabase } from "@rekey/tests/support/postgres.ts";
import { endProgram, runProgram } from "@rekey/tests/support/process.ts";
import pg from "pg";
import type { FillCommand } from "./fill-pglite.ts";
import { startHelper } from "./helper.ts";
import { hashOfPassword } from "./password-hash.ts";
import { fillAccounts, type Sql } from "./rekey-tables.ts";

export type Engine = "PostgreSQL" | "PGlite";
export type Role = "all" | "api" | "worker";

export interface RekeyProcess {
  url: string;
  pid: number;
  /** Milliseconds from its spawn until it said that it is ready. */
  startedIn: number;
  end: () => Promise<void>;
}

export interface SiteOptions {
  engine: Engine;
  smtpPort: number;
  /** How many accounts there are. */
  accounts: number;
  env?: Record<string, string>;
}

/** Connections to the mail server at once, given to Rekey and to the raw nodemailer beside it. */
export const MAIL_CONNECTIONS = 10;

export type Site = Awaited<ReturnType<typeof createSite>>;

/**
 * A database of its own, with its accounts in it, on which processes of Rekey can be started: the
 * real program with default settings but for the limits, which are off. All of it goes with `stack`.
 */
export async function createSite(
  stack: AsyncDisposableStack,
  { engine, smtpPort, accounts, env = {} }: SiteOptions,
) {
  const dataDir = mkdtempSync(join(tmpdir(), "rekey-bench-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const database = engine === "PostgreSQL" ? await createTestDatabase({ migrated: false }) : null;
  if (database) stack.defer(() => database.drop());
  const sql = database && connect(stack, database.url);

  const settings = {
    APP_URL: "http://rekey.example.test",
    SECRET_KEY: "bench-key-bench-key-bench-key-bench-key",
    DATA_DIR: dataDir,
    MAIL_SERVER: "127.0.0.1",
    MAIL_PORT: String(smtpPort),
    MAIL_CONCURRENCY: String(MAIL_CONNECTIONS),
    ...limitsOff,
    ...(database && { DATABASE_URL: database.url }),
    ...env,
  };

  async function start(role: Role, more: Record<string, string> = {}): Promise<RekeyProcess> {
    const port = await freePort();
    const spawned = performance.now();
    const program = runProgram("main.ts", {
      ...settings,
      ROLE: role,
      PORT: String(port),
      ...more,
    });
    // What hangs is not waited for: the databases are dropped after it.
    stack.defer(async () => void (await endProgram(program, "SIGKILL")));
    await program.line(/^Rekey is ready at http/);
    return {
      url: `http://127.0.0.1:${port}`,
      pid: program.child.pid ?? 0,
      startedIn: performance.now() - spawned,
      end: async () => void (await endProgram(program)),
    };
  }

  async function fill(): Promise<void> {
    // The first start makes the schema.
    await (await start("api")).end();
    const passwordHash = await hashOfPassword();
    if (sql) return fillAccounts(sql, { to: accounts, passwordHash });
    const filler = await startHelper<FillCommand, void>(stack, "support/fill-pglite.ts");
    await filler.run({ dataDir, accounts, passwordHash });
    await filler.end();
  }

  if (accounts > 0) await fill();
  return { engine, databaseUrl: database?.url ?? null, dataDir, sql, accounts, start };
}

function connect(stack: AsyncDisposableStack, url: string): Sql {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => {});
  stack.defer(() => pool.end());
  return async (text, values) => (await pool.query(text, values)).rows;
}

/** For what only makes sense where SQL can be asked from outside. */
export function sqlOf(site: Site): Sql {
  if (site.sql === null) throw new Error("The embedded database is open in its server only");
  return site.sql;
}
