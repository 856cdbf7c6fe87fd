import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { paths } from "@rekey/contract/paths";
import { readConfig } from "../../config.ts";
import { freePort } from "../../free-port.ts";
import { createLogger } from "../../logger.ts";
import { startServer } from "../../server.ts";
import type { LoadedBrand } from "../load-brand.ts";

/** How often the mail catcher is asked, and for how long, in milliseconds. */
const ASK_EVERY = 100;
const PATIENCE = 60_000;

const ACCOUNT = { email: "ada@example.com", name: "Ada Example" };

/**
 * Runs the real server under a brand, on a database in memory and with a mail catcher, as far as a
 * reset mail: `pages` are the addresses of its sign-in and its reset page, `mail` that mail as HTML.
 */
export async function rehearse<Result>(
  brand: LoadedBrand,
  use: (shown: { pages: Record<string, string>; mail: string }) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), "rekey-brand-check-"));
  const secret = randomBytes(32).toString("base64");
  const { config, secrets } = readConfig({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    SECRET_KEY: secret,
    LOG_LEVEL: "silent",
  });
  const server = await startServer({
    config: { ...config, brand },
    secrets: { ...secrets, database: { engine: "pglite", dataDir: null } },
    logger: createLogger(config.logLevel),
  });
  try {
    const password = secret;
    await call(server.url, "signUp", { ...ACCOUNT, password });
    const confirm = await caught(server.mailCatcherUrl, paths.verifyEmail);
    const token = confirm.link.split("#token=")[1];
    await call(server.url, "verifyEmail", { token, password });
    await call(server.url, "requestReset", { email: ACCOUNT.email });
    const reset = await caught(server.mailCatcherUrl, paths.resetPassword);
    const pages = { "sign-in": server.url + paths.signIn, "reset-password": reset.link };
    return await use({ pages, mail: reset.html });
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function call(url: string, procedure: string, input: object): Promise<void> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${procedure} was refused: ${await response.text()}`);
}

/** The first caught mail with a link to `path`. */
async function caught(catcher: string | null, path: string) {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const answer = await fetch(`${catcher}/api/email`);
    const mails = (await answer.json()) as { text?: string; html?: string }[];
    for (const { text = "", html = "" } of mails) {
      const link = text.match(new RegExp(`https?://\\S+${path}#token=\\S+`))?.[0];
      if (link !== undefined) return { link, html };
    }
    await delay(ASK_EVERY);
  }
  throw new Error(`No mail with a link to ${path} came within ${PATIENCE / 1000} s`);
}
