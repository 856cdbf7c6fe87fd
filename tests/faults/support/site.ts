import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseLocation } from "@rekey/db/open-database";
import { expect, onTestFinished, vi } from "vitest";
import { limitsOff } from "../../support/limits-off.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import type { Engine } from "../../support/rekey.ts";
import { openBook } from "./book.ts";
import type { Burst } from "./burst.ts";
import { printTally, settle, type Tally } from "./ledger.ts";
import { createSiteProcess, type Role, type SiteProcess } from "./site-process.ts";
import { startSmtpServer } from "./smtp-server.ts";

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
    MAIL_CONCURRENCY: "5",
    LOG_LEVEL: "warn",
    ...limitsOff,
    ...(location.engine === "postgres" && { DATABASE_URL: location.url }),
    ...env,
  };
  let processes: SiteProcess[] = [];
  const crashes: string[] = [];

  return {
    smtp,
    book,
    dataDir,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),

    /** Starts a process of each role at once, for this test. */
    async start<const Roles extends Role[]>(...roles: Roles) {
      const started = await Promise.all(
        roles.map((role, index) => {
          const name = `${role} ${processes.length + index + 1}`;
          const onCrash = (what: string) => crashes.push(what);
          return createSiteProcess({ name, role, env: settings, onCrash });
        }),
      );
      processes.push(...started);
      onTestFinished(async () => {
        smtp.behave(() => null);
        processes = [];
        await Promise.all(started.map((one) => one.end("SIGKILL")));
      });
      await Promise.all(started.map((one) => one.start()));
      return started as { [Role in keyof Roles]: SiteProcess };
    },

    /** Resolves when no mail is left to be sent, as `process` sees it. */
    idle: (process: SiteProcess, timeout = 90_000): Promise<void> =>
      vi.waitFor(async () => expect(await unfinishedMails(process)).toBe(0), {
        timeout,
        interval: 200,
      }),

    /**
     * Ends every process, holds what was accepted against what came of it, prints that, and expects
     * nothing lost, nothing crashed and every process gone with 0.
     */
    async reckon(title: string, burst: Burst, more: string[] = []): Promise<Tally> {
      const codes = await Promise.all(processes.map((one) => one.end()));
      processes = [];
      const tally = settle(burst, await book.mails(), smtp.mails);
      printTally(title, tally, burst, more);
      expect(crashes.splice(0)).toEqual([]);
      expect(codes.filter((code) => code !== 0 && code !== null)).toEqual([]);
      expect(tally.lost).toEqual([]);
      return tally;
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
  const body = (await response.json()) as { mail?: { circuit: { state: string } } };
  return { status: response.status, circuit: body.mail?.circuit.state };
}
