import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { freePort } from "../support/free-port.ts";
import { limitsOff } from "../support/limits-off.ts";
import { type Mailbox, startMailbox } from "../support/mailbox.ts";
import { endProgram, runProgram } from "../support/process.ts";

export interface Site {
  url: string;
  mailbox: Mailbox;
}

/** Each worker has the real program to itself, on an embedded database and a real mail server. */
export const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this.
    async ({}, use) => {
      const mailbox = await startMailbox();
      const folder = mkdtempSync(join(tmpdir(), "rekey-e2e-"));
      const port = await freePort();
      const url = `http://localhost:${port}`;
      const program = runProgram("main.ts", {
        PORT: String(port),
        APP_URL: url,
        DATA_DIR: folder,
        MAIL_SERVER: "127.0.0.1",
        MAIL_PORT: String(mailbox.port),
        MAIL_DEFAULT_SENDER: "Rekey <no-reply@example.test>",
        ...limitsOff,
      });
      await program.line(/^Rekey is ready at /);
      await use({ url, mailbox });
      await endProgram(program);
      await mailbox.close();
      rmSync(folder, { recursive: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: ({ site }, use) => use(site.url),
});
