import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { limitsOff } from "./limits-off.ts";
import { startMailbox } from "./mailbox.ts";
import { createTestDatabase } from "./postgres.ts";
import { type Program, runProgram } from "./process.ts";
import type { Engine } from "./rekey.ts";

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Where a test's server lives: the same place on every start within the test. Its database has every
 * migration applied, unless the first server is to do that.
 */
export async function createSite(engine: Engine, { migrated = true } = {}) {
  const mailbox = await startMailbox();
  onTestFinished(() => mailbox.close());
  const database = engine === "postgres" ? await createTestDatabase({ migrated }) : null;
  onTestFinished(() => database?.drop());
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    APP_URL: url,
    DATA_DIR: temporaryFolder(),
    MAIL_SERVER: "127.0.0.1",
    MAIL_PORT: String(mailbox.port),
    ...limitsOff,
    ...(database && { DATABASE_URL: database.url }),
  };
  const start = async (more: Record<string, string> = {}): Promise<Program> => {
    const program = runProgram("main.ts", { ...env, ...more });
    onTestFinished(() => void program.child.kill("SIGKILL"));
    await program.line(/^Rekey is ready at http/);
    return program;
  };
  return { mailbox, env, url, databaseUrl: database?.url ?? null, start };
}
