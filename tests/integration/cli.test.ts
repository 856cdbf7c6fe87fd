import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { startEventReceiver } from "../support/event-receiver.ts";
import { freePort } from "../support/free-port.ts";
import { startMailbox } from "../support/mailbox.ts";
import { createTestDatabase } from "../support/postgres.ts";
import { runProgram } from "../support/process.ts";
import { noPostgres } from "../support/rekey.ts";

async function rekey(args: string[], env: Record<string, string> = {}) {
  const program = runProgram("cli.ts", { MAIL_SERVER: "127.0.0.1", ...env }, args);
  const { code } = await program.ended;
  return { code, output: program.output() };
}

async function smtpServer(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ logger: false, ...options });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return String((server.server.address() as AddressInfo).port);
}

test("events:test posts one signed event, and says whether it was taken or why not", async () => {
  const receiver = await startEventReceiver();
  const taken = await rekey(["events:test"], receiver.env);
  expect(taken).toMatchObject({
    code: 0,
    output: expect.stringContaining("✓ The receiver took it"),
  });
  expect(receiver.received).toMatchObject([{ path: "/hook", payload: { type: "test", data: {} } }]);

  receiver.answerWith(401);
  const refused = await rekey(["events:test"], receiver.env);
  expect(refused).toMatchObject({
    code: 1,
    output: "✗ Not delivered: the receiver answered 401.",
  });
  const url = `http://127.0.0.1:${await freePort()}/`;
  const nobody = await rekey(["events:test"], { ...receiver.env, EVENTS_WEBHOOK_URL: url });
  expect(nobody.output).toBe("✗ Not delivered: no connection (ECONNREFUSED).");
  expect((await rekey(["events:test"])).output).toContain("EVENTS_WEBHOOK_URL is not set");
});

test.skipIf(noPostgres)(
  "a failure that nobody foresaw is told by the lines of our sources",
  async () => {
    const { url, drop } = await createTestDatabase();
    onTestFinished(drop);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("DROP TABLE account CASCADE");
    await client.end();
    const { code, output } = await rekey(["accounts:list"], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(output).toMatch(/at .*apps\/server\/src\/commands\/accounts-list\.ts:\d+:\d+/);
  },
);

test("mail:verify says what works, step by step", async () => {
  const port = await smtpServer({ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] });
  const { code, output } = await rekey(["mail:verify"], { MAIL_PORT: port });
  expect(output).toMatch(/✓ Connected to 127\.0\.0\.1/);
  expect(output).toContain("is ready");
  expect(code).toBe(0);
});

test("mail:verify has a sentence of its own for each thing that can be wrong", async () => {
  const silent = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const plain = await smtpServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
  const strict = await smtpServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(new Error("Invalid username or password")),
  });

  const cases = [
    [{ MAIL_SERVER: "" }, /MAIL_SERVER is not set/],
    [{ MAIL_SERVER: "no-such-host.invalid" }, /no-such-host\.invalid[\s\S]*MAIL_SERVER/],
    [{ MAIL_PORT: String(await freePort()) }, /MAIL_PORT/],
    [{ MAIL_PORT: String((silent.address() as AddressInfo).port) }, /MAIL_PORT/],
    [{ MAIL_PORT: plain, MAIL_USE_TLS: "true" }, /STARTTLS[\s\S]*MAIL_USE_TLS/],
    [{ MAIL_PORT: strict, MAIL_USERNAME: "u", MAIL_PASSWORD: "hush-hush" }, /MAIL_PASSWORD/],
  ] as const;
  const said = new Set<string>();
  for (const [env, expected] of cases) {
    const { code, output } = await rekey(["mail:verify"], env);
    expect(output).toMatch(expected);
    expect(output).not.toMatch(/hush-hush| at .*\.ts:/);
    expect(code).toBe(1);
    said.add(output.replace(/\d{4,5}/g, "PORT"));
  }
  expect(said.size).toBe(cases.length);
});

test("mail:send sends a mail with a text and an HTML part", async () => {
  const mailbox = await startMailbox();
  onTestFinished(() => mailbox.close());
  const args = ["mail:send", "--to", "you@example.com"];
  const { code, output } = await rekey(args, { MAIL_PORT: String(mailbox.port) });
  expect(output).toContain("you@example.com");
  expect(code).toBe(0);
  const mail = await mailbox.mailTo("you@example.com");
  expect(mail.text).not.toBe("");
  expect(mail.html).toContain("<html");
  expect(mail.parsed.headers.get("auto-submitted")).toBe("auto-generated");
});

test("mail:send refuses what is not one address, in words", async () => {
  const args = ["mail:send", "--to", "a@example.com,b@example.com"];
  const { code, output } = await rekey(args);
  expect(output).toMatch(/one address like/);
  expect(output).not.toMatch(/ at .*\.ts:/);
  expect(code).toBe(1);
});

test("an unknown command is answered with where to look", async () => {
  const { code, output } = await rekey(["mail:sned"]);
  expect(output).toContain("--help");
  expect(code).not.toBe(0);
});
