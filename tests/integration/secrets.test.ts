import type { Inbox } from "@rekey/attack/inbox/inbox";
import { defaultOptions } from "@rekey/attack/options";
import { runAttack } from "@rekey/attack/run-attack";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { createApiClient, reasonOf } from "../support/api-client.ts";
import { freePort } from "../support/free-port.ts";
import type { Mailbox } from "../support/mailbox.ts";
import { NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { endProgram } from "../support/process.ts";
import { noPostgres, requestReset, signUp } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

/** Every row of every table, the queue's included, as one text. */
async function dump(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  await client.end();
  return texts.join("\n");
}

/** The mailbox as the attack suite reads it, keeping every token that stands in a mail it read. */
function inboxOf({ to }: Mailbox, tokens: Set<string>): Inbox {
  return {
    name: "the test's mailbox",
    mailsTo: async (address) =>
      to(address).map(({ to: recipients, subject, text, html, parsed }) => {
        for (const [, token = ""] of text.matchAll(/#token=([\w.-]+)/g)) tokens.add(token);
        const headers = new Map<string, string[]>();
        for (const { key, line } of parsed.headerLines) {
          const value = line.slice(line.indexOf(":") + 1).trim();
          headers.set(key, [...(headers.get(key) ?? []), value]);
        }
        return { recipients, subject, text, html, headers };
      }),
    close: async () => {},
  };
}

describe.skipIf(noPostgres)("after the whole flow", () => {
  test("neither the database, the queue nor the log holds a token, a password or a cookie", async () => {
    const site = await createSite("postgres");
    const key = "the-signing-key-the-signing-key-1";
    // A receiver that is not there, so that what it is to be told stays in the queue.
    const eventKey = `whsec_${Buffer.from("the-key-that-signs-the-events-of").toString("base64")}`;
    const program = await site.start({
      LOG_LEVEL: "trace",
      SECRET_KEY: key,
      EVENTS_WEBHOOK_URL: `http://127.0.0.1:${await freePort()}/`,
      EVENTS_WEBHOOK_SECRET: eventKey,
    });
    const { email, client } = await signUp(site);
    const unused = await requestReset(site, email);
    const used = await requestReset(site, email);
    const { trpc } = createApiClient(site.url);
    await trpc.resetPassword.mutate({ token: used.token, password: NEW_PASSWORD });
    await site.mailbox.mailTo(email, /was changed/);
    expect(await reasonOf(trpc.signIn.mutate({ email, password: PASSWORD }))).toBe(
      "INVALID_CREDENTIALS",
    );
    await client.trpc.signIn.mutate({ email, password: NEW_PASSWORD });
    const [cookie = "", device = ""] = client.jar.values();
    const tokensOfTheSuite = new Set<string>();
    const { results } = await runAttack(
      { ...defaultOptions, url: site.url, pairs: 0, race: 4, limitsOff: true },
      { lanes: 6, inbox: inboxOf(site.mailbox, tokensOfTheSuite) },
    );
    expect(results.filter(({ verdict }) => verdict === "FAILS")).toEqual([]);
    expect(tokensOfTheSuite.size).toBeGreaterThan(50);

    const stored = await dump(site.databaseUrl ?? "");
    // The dump is one that would show them: the account and the jobs are in it.
    expect(stored).toContain(email);
    expect(stored).toContain("reset-password");
    expect(stored).toContain("password.reset");
    await endProgram(program);
    const logged = program.output();
    expect(logged).toContain("/trpc/resetPassword");
    // The passwords that the suite makes up all look like this.
    for (const text of [stored, logged]) expect(text).not.toMatch(/Quiet-[\w-]{12}-lantern/);
    const tokens = [unused.token, unused.cancelToken, used.token, used.cancelToken];
    tokens.push(...tokensOfTheSuite);
    for (const secret of [...tokens, PASSWORD, NEW_PASSWORD, cookie, device, key, eventKey]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(stored.includes(secret)).toBe(false);
      expect(logged.includes(secret)).toBe(false);
      // Nor the signature alone, from which the rest could be put together.
      const signature = secret.split(".").at(-1) ?? secret;
      expect(stored.includes(signature)).toBe(false);
    }
  });
});
