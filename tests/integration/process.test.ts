import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createApiClient } from "../support/api-client.ts";
import { freePort } from "../support/free-port.ts";
import { limitsOff } from "../support/limits-off.ts";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { engines, noPostgres, requestReset, signUp } from "../support/rekey.ts";
import { createSite, temporaryFolder } from "../support/site.ts";

describe.each(engines)("a process on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("that is killed", () => {
    test("between the answer and the mail loses nothing: the next one sends it", async () => {
      const place = await createSite(engine);
      const first = await place.start();
      const { email } = await signUp(place);
      place.mailbox.answerWith(() => ({ code: 451, text: "4.3.0 try later" }));
      await createApiClient(place.url).trpc.requestReset.mutate({ email });
      await endProgram(first, "SIGKILL");

      place.mailbox.answerWith(() => null);
      const second = await place.start();
      const mail = await place.mailbox.mailTo(email, /reset-password#/);
      expect(mail.text).toContain(`${place.url}/reset-password#token=`);
      await endProgram(second);
    });

    test("in the middle of a send sends again, with the same link and Message-ID", async () => {
      const place = await createSite(engine);
      const first = await place.start();
      const { email } = await signUp(place);
      const release = place.mailbox.holdReplies();
      const { mail } = await (async () => {
        const asked = createApiClient(place.url).trpc.requestReset.mutate({ email });
        await asked;
        // The whole message is there, but its sender has no answer yet.
        await place.mailbox.received(email, 2);
        await endProgram(first, "SIGKILL");
        release();
        return { mail: await place.mailbox.mailTo(email, /reset-password#/) };
      })();

      const second = await place.start();
      const again = await place.mailbox.mailTo(email, /reset-password#/, 2);
      expect(again.messageId).toBe(mail.messageId);
      expect(again.text).toBe(mail.text);
      await endProgram(second);
    });
  });

  describe.skipIf(engine === "postgres" && noPostgres)("that is told to end", () => {
    test("finishes the mail in hand and exits with 0", async () => {
      const place = await createSite(engine);
      const program = await place.start();
      const { email } = await signUp(place);
      const release = place.mailbox.holdReplies();
      await createApiClient(place.url).trpc.requestReset.mutate({ email });
      await place.mailbox.received(email, 2);
      program.child.kill("SIGTERM");
      await program.line(/draining/);
      release();
      expect(await program.ended).toEqual({ code: 0, signal: null });
      expect(place.mailbox.to(email)).toHaveLength(2);

      const next = await place.start();
      await requestReset(place, email);
      expect(place.mailbox.to(email)).toHaveLength(3);
      await endProgram(next);
    });
  });
});

describe("starting", () => {
  test("wrong settings end the start with one list and exit code 78", async () => {
    const program = runProgram("main.ts", {
      PORT: "http",
      MAIL_SERVER: "smtp://x",
      MAIL_USE_TLS: "maybe",
      MAIL_USERNAME: "somebody",
      RESET_TOKEN_TTL: "-5",
      ADMINS: "not an address",
      DATABASE_URL: "mysql://x",
      SECRET_KEY: "too short",
      DATA_DIR: temporaryFolder(),
    });
    expect((await program.ended).code).toBe(78);
    const names = ["PORT", "MAIL_SERVER", "MAIL_USE_TLS", "MAIL_PASSWORD", "RESET_TOKEN_TTL"];
    for (const name of [...names, "ADMINS", "DATABASE_URL", "SECRET_KEY"]) {
      expect(program.output()).toContain(`${name}: expected`);
    }
    expect(program.output()).not.toMatch(/ at .*\.ts:|too short|mysql/);
  });

  test("production demands a key, an https address and a mail server", async () => {
    const program = runProgram("main.ts", { NODE_ENV: "production", APP_URL: "http://x.example" });
    expect((await program.ended).code).toBe(78);
    expect(program.output()).toMatch(/SECRET_KEY: required[\s\S]*MAIL_SERVER: required/);
    expect(program.output()).toMatch(/APP_URL: expected an https/);
  });

  test("production refuses a key that can be guessed, without repeating it", async () => {
    const weak = "k".repeat(40);
    const program = runProgram("main.ts", {
      NODE_ENV: "production",
      APP_URL: "https://x.example",
      MAIL_SERVER: "smtp.x.example",
      SECRET_KEY: `Wm3v0yq9T2xkBh7sJ4cR8uLfNzEaPdGi,${weak}`,
    });
    expect((await program.ended).code).toBe(78);
    expect(program.output()).toMatch(/SECRET_KEY: expected a random key.*number 2 in the list/);
    expect(program.output()).toContain("openssl rand -base64 32");
    expect(program.output()).not.toContain(weak);
  });

  test("a second process on one embedded database says so and ends", async () => {
    const place = await createSite("pglite");
    const first = await place.start();
    const second = runProgram("main.ts", { ...place.env, PORT: String(await freePort()) });
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain(`already open in process ${first.child.pid}`);
    expect(second.output()).toContain("DATABASE_URL");
    await endProgram(first);
  });

  test("a busy port is named as such", async () => {
    const place = await createSite("pglite");
    const first = await place.start();
    const second = runProgram("main.ts", { ...place.env, DATA_DIR: temporaryFolder() });
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain("Set PORT to a free one");
    expect(second.output()).not.toMatch(/ at .*\.ts:/);
    await endProgram(first);
  });

  test("an unreachable database is named without its password and without a stack", async () => {
    const port = await freePort();
    const url = `postgres://rekey:hush-hush@127.0.0.1:${port}/rekey`;
    const program = runProgram("main.ts", { DATABASE_URL: url, DATA_DIR: temporaryFolder() });
    expect((await program.ended).code).toBe(1);
    expect(program.output()).toContain(`127.0.0.1:${port}`);
    expect(program.output()).not.toMatch(/hush-hush| at .*\.ts:/);
  });

  test("without a mail server, mails can be read in the catcher", async () => {
    const port = await freePort();
    const env = { PORT: String(port), DATA_DIR: temporaryFolder(), ...limitsOff };
    const program = runProgram("main.ts", env);
    onTestFinished(() => void program.child.kill("SIGKILL"));
    const ready = await program.line(/^Rekey is ready at /);
    const [, inbox = ""] = ready.match(/mails are caught at (http:\S+)/) ?? [];
    const page = await fetch(inbox, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("MailDev");
    const { trpc } = createApiClient(`http://localhost:${port}`);
    const email = freshEmail();
    await trpc.signUp.mutate({ email, name: "Ada", password: PASSWORD });
    await vi.waitFor(
      async () => {
        const mails = await (await fetch(`${inbox}/api/email`)).text();
        expect(mails).toContain(email);
      },
      { timeout: 60_000, interval: 100 },
    );
    await endProgram(program);
  });
});

describe.skipIf(noPostgres)("several processes on one PostgreSQL", () => {
  test("start at once, migrate once, and share the work", async () => {
    const place = await createSite("postgres", { migrated: false });
    const ports = [await freePort(), await freePort()];
    const [api] = await Promise.all([
      place.start({ ROLE: "api" }),
      place.start({ ROLE: "worker", PORT: String(ports[0]) }),
      place.start({ ROLE: "worker", PORT: String(ports[1]) }),
    ]);
    const { email } = await signUp(place);
    await requestReset(place, email);
    expect((await fetch(`http://localhost:${ports[0]}/readyz`)).status).toBe(200);
    expect((await fetch(`http://localhost:${ports[0]}/sign-in`)).status).toBe(404);
    await endProgram(api);
  });
});
