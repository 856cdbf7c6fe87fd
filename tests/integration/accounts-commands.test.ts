import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseLocation } from "@rekey/db/open-database";
import { openOperatorDatabase } from "@rekey/db/open-operator-database";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createApiClient, reasonOf } from "../support/api-client.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { engines, noPostgres, requestReset, signUp } from "../support/rekey.ts";
import { createSite, temporaryFolder } from "../support/site.ts";

type Site = Awaited<ReturnType<typeof createSite>>;

/** Of PASSWORD, by bcrypt, Django and Werkzeug themselves. */
const HASHES = [
  "$2b$08$24sM9Var00Bif2TQvv84hOQyxMdsxbMCXj2Ypw1gUdaapJTCyQnmq",
  "pbkdf2_sha256$20000$seasaltseasalt$+CNJOL2yb36EfWIAoaBt1SVngJ1q1bYL1GjJpVOIass=",
  "scrypt:16384:8:1$wRZvsNjiWSEQSKAt$5e03a93874143351cb4acffb8c7d0b635cf4077c1e2c3d4b5bdd3d27ffacfcf1950710a1c7b8ac23fde9b585c4ede924f7acf33f308f3b975388ecef8094fa0b",
];
const OURS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

async function rekey({ env }: Site, ...args: string[]) {
  const program = runProgram("cli.ts", env, args);
  onTestFinished(() => void program.child.kill("SIGKILL"));
  const { code } = await program.ended;
  const output = program.output();
  expect(output).not.toMatch(/ at .*\.ts:/);
  return { code, output };
}

/** The database beside the server, as a command has it. */
async function database({ env, databaseUrl }: Site) {
  const location: DatabaseLocation = databaseUrl
    ? { engine: "postgres", url: databaseUrl }
    : { engine: "pglite", dataDir: env.DATA_DIR };
  const opened = await openOperatorDatabase(location);
  onTestFinished(() => opened.close());
  return opened.prisma;
}

function fileOf(lines: object[], name = "accounts.ndjson"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

const people = (count: number, secret: object) =>
  Array.from({ length: count }, (_, index) => ({
    email: `person.${index}@example.test`,
    name: `Person ${index}`,
    ...secret,
  }));

describe.each(engines)("beside a running server on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("the operator", () => {
    test("imports accounts whose owners sign in as before, and get a hash of ours", async () => {
      const site = await createSite(engine);
      const server = await site.start();
      const emails = HASHES.map(() => freshEmail());
      const plain = freshEmail();
      const file = fileOf([
        ...emails.map((email, index) => ({ email, name: "Ada", passwordHash: HASHES[index] })),
        { email: plain, name: "Bob", password: PASSWORD },
        { email: "nobody", name: "Nobody", password: PASSWORD },
        { email: freshEmail(), name: "Eve", passwordHash: "md5$salt$hush-hush" },
      ]);
      const report = join(temporaryFolder(), "refused.ndjson");

      const rehearsed = await rekey(site, "accounts:import", file, "--dry-run", "--json");
      expect(JSON.parse(rehearsed.output)).toMatchObject({ created: 4, refused: 2, dryRun: true });
      const prisma = await database(site);
      expect(await prisma.account.count()).toBe(0);

      const { code, output } = await rekey(site, "accounts:import", file, "--report", report);
      expect(output).toMatch(/^4 created, 0 existing, 2 refused of 6/m);
      expect(output).toMatch(/^line 5: email: /m);
      expect(output).toMatch(/^line 6: passwordHash: /m);
      expect(output).not.toMatch(new RegExp(`hush-hush|${PASSWORD}`));
      expect(code).toBe(1);

      for (const email of [...emails, plain]) {
        const { trpc } = createApiClient(site.url);
        const wrong = trpc.signIn.mutate({ email, password: NEW_PASSWORD });
        expect(await reasonOf(wrong)).toBe("INVALID_CREDENTIALS");
        await trpc.signIn.mutate({ email, password: PASSWORD });
        const { passwordHash } = await prisma.account.findFirstOrThrow({ where: { email } });
        expect(passwordHash).toMatch(OURS);
        await trpc.signIn.mutate({ email, password: PASSWORD });
        // Nobody knows the browser of an imported account, so its owner is told of the first one.
        await site.mailbox.mailTo(email, /new sign-in/i);
      }
      await endProgram(server);
    });

    test("goes on with an import that was killed, then interrupted, and makes nothing twice", async () => {
      const site = await createSite(engine);
      const server = await site.start();
      const prisma = await database(site);
      const file = fileOf(people(200, { password: PASSWORD }));
      /** Ends an import as soon as it has made an account more than there were. */
      const importUntil = async (signal: NodeJS.Signals) => {
        const before = await prisma.account.count();
        const program = runProgram("cli.ts", site.env, ["accounts:import", file]);
        onTestFinished(() => void program.child.kill("SIGKILL"));
        const progressed = async () => expect(await prisma.account.count()).toBeGreaterThan(before);
        await vi.waitFor(progressed, { timeout: 50_000, interval: 20 });
        const { code } = await endProgram(program, signal);
        return { code, output: program.output(), made: await prisma.account.count() };
      };
      const killed = await importUntil("SIGKILL");
      expect(killed.made).toBeLessThan(200);
      const interrupted = await importUntil("SIGINT");
      expect(interrupted.made).toBeLessThan(200);
      expect(interrupted.code).toBe(130);
      expect(interrupted.output).toContain(`${interrupted.made - killed.made} created`);
      expect(interrupted.output).toContain("Interrupted; run the same command again");

      const { code, output } = await rekey(site, "accounts:import", file, "--json");
      const { made } = interrupted;
      expect(JSON.parse(output)).toMatchObject({ created: 200 - made, existing: made });
      expect(code).toBe(0);
      const { trpc } = createApiClient(site.url);
      await trpc.signIn.mutate({ email: "person.0@example.test", password: PASSWORD });
      await endProgram(server);
    }, 120_000);

    test("disables an account at once, and opens it again", async () => {
      const site = await createSite(engine);
      const server = await site.start();
      const { email, client } = await signUp(site);
      const { token } = await requestReset(site, email);
      const { trpc } = createApiClient(site.url);

      const { code, output } = await rekey(site, "accounts:disable", email.toUpperCase());
      expect(output).toContain(`${email} is disabled since`);
      expect(code).toBe(0);
      expect(await client.trpc.me.query()).toEqual({ account: null });
      const signIn = () => trpc.signIn.mutate({ email, password: PASSWORD });
      expect(await reasonOf(signIn())).toBe("INVALID_CREDENTIALS");
      const reset = { token, password: NEW_PASSWORD };
      expect(await reasonOf(trpc.inspectResetToken.mutate({ token }))).toBe("TOKEN_USED");
      expect(await reasonOf(trpc.resetPassword.mutate(reset))).toBe("TOKEN_USED");

      // Two requests in order: when the second's mail is there, the first's would have been.
      const other = await signUp(site);
      await trpc.requestReset.mutate({ email });
      await requestReset(site, other.email);
      expect(
        site.mailbox.to(email).filter((mail) => /reset-password#/.test(mail.text)),
      ).toHaveLength(1);
      const refused = await rekey(site, "accounts:reset-link", email);
      expect(refused.output).toContain("is disabled");
      expect(refused.code).toBe(1);

      const listed = await rekey(site, "accounts:list", "--disabled", "--json");
      expect(JSON.parse(listed.output)).toMatchObject([{ email, disabledAt: expect.any(String) }]);

      await rekey(site, "accounts:disable", email, "--enable");
      expect(await client.trpc.me.query()).toEqual({ account: null });
      expect(await reasonOf(trpc.resetPassword.mutate(reset))).toBe("TOKEN_USED");
      await signIn();
      await endProgram(server);
    });

    test("has a reset link mailed without seeing it, and lists accounts without their hashes", async () => {
      const site = await createSite(engine);
      const server = await site.start();
      const { email } = await signUp(site);
      const { code, output } = await rekey(site, "accounts:reset-link", email);
      expect(code).toBe(0);
      expect(output).toContain(`mail:list --to ${email}`);
      expect(output).not.toMatch(/token|http/);
      await site.mailbox.mailTo(email, /reset-password#/);

      const listed = await rekey(site, "accounts:list", "--email", email.slice(0, 9).toUpperCase());
      expect(listed.output).toMatch(new RegExp(`^${email} +since \\d{4}-.*Ada Example$`));
      expect(listed.output).not.toContain("argon2");
      const unknown = await rekey(site, "accounts:reset-link", freshEmail());
      expect(unknown.output).toContain("No account has the address");
      expect(unknown.code).toBe(1);
      await endProgram(server);
    });
  });
});

test("without a server, the embedded database is opened by the command itself", async () => {
  const site = await createSite("pglite");
  const file = fileOf(people(3, { passwordHash: HASHES[0] }));
  const { output } = await rekey(site, "accounts:import", file);
  expect(output).toContain("3 created");
  const server = await site.start();
  const { trpc } = createApiClient(site.url);
  await trpc.signIn.mutate({ email: "person.2@example.test", password: PASSWORD });
  await endProgram(server);
});

test.each([
  ["/no/such/file.csv", /There is no file/],
  [import.meta.filename, /--format ndjson or --format csv/],
])("an import of %s is refused in one line", async (file, said) => {
  const program = runProgram("cli.ts", {}, ["accounts:import", file]);
  expect((await program.ended).code).toBe(1);
  expect(program.output()).toMatch(said);
  expect(program.output().split("\n")).toHaveLength(1);
});
