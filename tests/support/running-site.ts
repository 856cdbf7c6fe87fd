import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { limitsOff } from "./limits-off.ts";
import { startMailbox } from "./mailbox.ts";
import { endProgram, runProgram } from "./process.ts";

export type RunningSite = Awaited<ReturnType<typeof startSite>>;

/** The real program with the built SPA, for a browser: on an embedded database and a real mail server. */
export async function startSite() {
  const mailbox = await startMailbox();
  const folder = mkdtempSync(join(tmpdir(), "rekey-site-"));
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
  return {
    url,
    mailbox,
    async stop() {
      await endProgram(program);
      await mailbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
