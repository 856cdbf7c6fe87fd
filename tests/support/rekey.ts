import { readConfig } from "@rekey/server/config";
import { createLogger } from "@rekey/server/logger";
import { startServer } from "@rekey/server/server";
import { expect } from "vitest";
import { createApiClient } from "./api-client.ts";
import { makeClockMovable, passSeconds } from "./clock.ts";
import { freePort } from "./free-port.ts";
import { limitsOff } from "./limits-off.ts";
import { codeIn, type Mailbox, startMailbox, tokenIn } from "./mailbox.ts";
import { freshEmail, PASSWORD } from "./people.ts";
import { createTestDatabase, whyNoPostgres } from "./postgres.ts";

/** Lets tests read /metrics behind a proxy, too. */
const METRICS_TOKEN = "a-token-for-the-metrics-of-tests";

export const engines = ["pglite", "postgres"] as const;
export type Engine = (typeof engines)[number];
export const noPostgres = (await whyNoPostgres()) !== null;

/**
 * The real server on a real database of its own and a real SMTP conversation with `mailbox`. All
 * limits are off unless `env` says otherwise.
 */
export async function startRekey(engine: Engine, env: Record<string, string> = {}) {
  const mailbox = await startMailbox();
  const database = engine === "postgres" ? await createTestDatabase() : null;
  const passInDatabase = database && (await makeClockMovable(database.url));
  const port = await freePort();
  const { config, secrets } = readConfig({
    PORT: String(port),
    MAIL_SERVER: "127.0.0.1",
    MAIL_PORT: String(mailbox.port),
    MAIL_DEFAULT_SENDER: "Rekey <no-reply@example.test>",
    SECRET_KEY: "test-key-test-key-test-key-test-key",
    LOG_LEVEL: "silent",
    METRICS_TOKEN,
    ...limitsOff,
    ...(database && { DATABASE_URL: database.url }),
    ...env,
  });
  const server = await startServer({
    config,
    secrets: database ? secrets : { ...secrets, database: { engine: "pglite", dataDir: null } },
    logger: createLogger(config.logLevel),
  });

  return {
    url: server.url,
    mailbox,
    databaseUrl: database?.url ?? null,
    /** Lets time pass for the server and for its database, until the test ends. */
    async passSeconds(seconds: number) {
      await passInDatabase?.(seconds);
      passSeconds(seconds);
    },
    client: (headers?: Record<string, string>) => createApiClient(server.url, headers),
    /** Resolves once everything that was asked for by email has been worked on. */
    async idle() {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      await expect
        .poll(async () => (await fetch(`${server.url}/metrics`, { headers })).text())
        .not.toMatch(/^rekey_mail_queue_depth\{kind="(reset-password|sign-up)".* [1-9]/m);
    },
    async stop() {
      await server.stop();
      await mailbox.close();
      await database?.drop();
    },
  };
}

export type Rekey = Awaited<ReturnType<typeof startRekey>>;

/** Signs up and confirms through the mail, as a person would; the client is signed in. */
export async function signUp(
  { url, mailbox }: { url: string; mailbox: Mailbox },
  email = freshEmail(),
  client = createApiClient(url),
) {
  await client.trpc.signUp.mutate({ email, name: "Ada Example", password: PASSWORD });
  const mail = await mailbox.mailTo(email, /verify-email/);
  await client.trpc.verifyEmail.mutate({ token: tokenIn(mail, "verify-email") });
  return { email, client };
}

/** Asks for a reset and reads both links and the code out of the email. */
export async function requestReset(
  { url, mailbox }: { url: string; mailbox: Mailbox },
  email: string,
) {
  const before = mailbox.to(email).length;
  const { request = "" } = await createApiClient(url).trpc.requestReset.mutate({ email });
  const mail = await mailbox.mailTo(email, /reset-password#/, before);
  const [token, cancelToken] = [tokenIn(mail, "reset-password"), tokenIn(mail, "not-me")];
  return { mail, token, cancelToken, request, code: codeIn(mail) };
}
