import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";
import { limitsOff } from "../support/limits-off.ts";
import { startMailbox } from "../support/mailbox.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { signUp } from "../support/rekey.ts";

/** The real program with the built SPA, and the headers of somebody who is signed in to it. */
export async function startSite() {
  const mailbox = await startMailbox();
  const folder = mkdtempSync(join(tmpdir(), "rekey-lighthouse-"));
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
  const { client } = await signUp({ url, mailbox });
  return {
    url,
    signedIn: { Cookie: [...client.jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    async stop() {
      await endProgram(program);
      await mailbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
