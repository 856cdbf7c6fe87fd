import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseLocation } from "@rekey/db/open-database";
import { expect, vi } from "vitest";
import { limitsOff } from "../../support/limits-off.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import type { Engine } from "../../support/rekey.ts";
import { openBook } from "./book.ts";
import type { Burst } from "./burst.ts";
import { printTally, settle, type Tally } from "./ledger.ts";
import { createSiteProcess, type Role, type SiteProcess } from "./site-process.ts";
import { startSmtpServer } from "./smtp-server.ts";

/** SMTP connections of one process, and mails that it has in hand at most. */
export const CONNECTIONS = 5;
export const IN_HAND = 8 * CONNECTIONS;

export interface SiteOptions {
  engine: Engine;
  /** A database that is already there, in place of a new one. */
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
}

export type FaultSite = Awaited<ReturnType<typeof createFaultSite>>;

/** Real processes on a database of the test's own, and a mail server that does as it is told. */
export async function createFaultSite({ engine, databaseUrl, env, ...options }: SiteOptions) {
  const stack = new AsyncDisposableStack();
  const smtp = await startSmtpServer();
  stack.defer(smtp.close);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "rekey-faults-"));
  if (options.dataDir === undefined) {
    stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  }

  async function locate(): Promise<DatabaseLocation> {
    if (engine === "pglite") return { engine, dataDir };
    if (databaseUrl !== undefined) return { engine, url: databaseUrl };
    const { url, drop } = await createTestDatabase();
    stack.defer(drop);
    return { engine, url };
  }
  const location = await locate();
  const book = await openBook(location);
  stack.defer(book.close);

  const settings = {
    APP_URL: "http://localhost:3000",
    SECRET_KEY: "test-key-test-key-test-key-test-key",
    DATA_DIR: dataDir,
    MAIL_SERVER: "127.0.0.1",
    MAIL_PORT: String(smtp.port),
    MAIL_DEFAULT_SENDER: "Rekey <no-reply@example.test>",
    MAIL_CONCURRENCY: String(CONNECTIONS),
    LOG_LEVEL: "warn",
    ...limitsOff,
    ...(location.engine === "postgres" && { DATABASE_URL: location.url }),
    ...env,
  };
  const processes: SiteProcess[] = [];
  const crashes: string[] = [];

  async function add(role: Role, more: Record<string, string> = {}): Promise<SiteProcess> {
    const added = await createSiteProcess({
      name: `${role} ${processes.length + 1}`,
      role,
      env: { ...settings, ...more },
      onCrash: (what) => crashes.push(what),
    });
    processes.push(added);
    return added;
  }

  return {
    smtp,
    book,
    dataDir,
    /** One more process, not started yet, with `more` on top of its settings. */
    add,

    /** Starts a process of each role at once. */
    async start<const Roles extends Role[]>(...roles: Roles) {
      const started: SiteProcess[] = [];
      for (const role of roles) started.push(await add(role));
      await Promise.all(started.map((one) => one.start()));
      return started as { [Role in keyof Roles]: SiteProcess };
    },

    /** Resolves when no mail is left to be sent, as `process` sees it. */
    idle: (process: SiteProcess, timeout = 90_000): Promise<void> =>
      vi.waitFor(async () => expect(await unfinishedMails(process)).toBe(0), {
        timeout,
        interval: 200,
      }),

    /** Holds what was accepted against what came of it, prints that, and expects nothing lost. */
    async reckon(title: string, burst: Burst, more: string[] = []): Promise<Tally> {
      const tally = settle(burst, await book.mails(), smtp.mails);
      printTally(title, tally, burst, more);
      expect(crashes).toEqual([]);
      expect(tally.lost).toEqual([]);
      return tally;
    },

    /** Ends every process, and expects all to end as they should and none to have crashed. */
    async [Symbol.asyncDispose]() {
      const codes = await Promise.all(processes.map((one) => one.end()));
      await stack.disposeAsync();
      expect(crashes).toEqual([]);
      expect(codes.filter((code) => code !== 0 && code !== null)).toEqual([]);
    },
  };
}

/** Mails that a process knows to be unfinished, of all kinds. */
async function unfinishedMails({ url }: SiteProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain("# TYPE rekey_mail_queue_depth");
  const depths = [...text.matchAll(/^rekey_mail_queue_depth\{.*\} (\d+)/gm)];
  return depths.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** What `/readyz` says. */
export async function readiness({ url }: SiteProcess) {
  const response = await fetch(`${url}/readyz`);
  const { mail } = (await response.json()) as {
    mail?: { circuit: { state: string }; connections: { busy: number } };
  };
  return { status: response.status, circuit: mail?.circuit.state, busy: mail?.connections.busy };
}
