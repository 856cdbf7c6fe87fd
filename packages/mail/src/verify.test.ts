import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { daysFromNow, selfSigned } from "../tests/certificate.ts";
import { closedPort, rawServer, scripted, settings, smtpServer } from "../tests/smtp-servers.ts";
import type { SmtpSettings } from "./transport-settings.ts";
import { type VerifyResult, verifySmtp } from "./verify.ts";

const auth = { user: "rekey", password: "s3cret-pass" };

const sender = "no-reply@example.com";

function verify(smtp: SmtpSettings, recipient?: string): Promise<VerifyResult> {
  const timeouts = { connection: 9000, greeting: 500, socket: 9000, send: 9000 };
  return verifySmtp({ heloName: "app.example", ...smtp }, timeouts, {
    sender,
    ...(recipient && { recipient }),
  });
}

/** The explanation for a server that should not verify. */
async function explanation(smtp: SmtpSettings): Promise<string> {
  const result = await verify(smtp);
  expect(result.ok).toBe(false);
  return result.ok ? "" : result.explanation;
}

/** An SMTP server that signs in `auth` and nobody else. */
function signInServer(options: SMTPServerOptions = {}) {
  return smtpServer({
    disabledCommands: [],
    onAuth: ({ username, password }, _session, done) =>
      username === auth.user && password === auth.password
        ? done(null, { user: username })
        : done(Object.assign(new Error("5.7.8 bad credentials"), { responseCode: 535 })),
    ...options,
  });
}

test("tells each step of a sign-in over STARTTLS", async () => {
  const certificate = selfSigned({ notAfter: new Date("2049-12-31T00:00:00Z") });
  const { port, received } = await signInServer({ ...certificate, name: "mx.example" });
  const smtp = settings(port, { security: "starttls", ca: certificate.cert, auth });
  expect(await verify(smtp)).toEqual({
    ok: true,
    steps: [
      `Connected to 127.0.0.1:${port}, which calls itself mx.example, as app.example.`,
      "Encrypted with TLS 1.3, trusted certificate valid until 2049-12-31.",
      "Signed in as rekey.",
      "Takes email from no-reply@example.com.",
    ],
  });
  expect(received).toEqual([]);
});

test("tells each step over implicit TLS without a sign-in", async () => {
  const certificate = selfSigned();
  const { port } = await smtpServer({ ...certificate, secure: true, name: "mx.example" });
  expect(await verify(settings(port, { security: "tls", ca: certificate.cert }))).toMatchObject({
    ok: true,
    steps: [/Connected/, /Encrypted with TLS 1\.3/, /No sign-in/, /Takes email from/].map((words) =>
      expect.stringMatching(words),
    ),
  });
});

test("says when nothing is encrypted", async () => {
  const { port } = await smtpServer();
  const result = await verify(settings(port));
  expect(result.steps[1]).toMatch(/^Not encrypted/);
});

test("says when the certificate of TLS taken unasked was not checked", async () => {
  const { port } = await signInServer(selfSigned());
  const result = await verify(settings(port, { auth }));
  expect(result).toMatchObject({ ok: true });
  expect(result.steps[1]).toMatch(/^Encrypted with TLS 1\.3, certificate not checked/);
});

test("tells the steps before a wrong password, and never the password", async () => {
  const certificate = selfSigned();
  const { port } = await signInServer(certificate);
  const wrong = { user: "rekey", password: "not-it-at-all" };
  const smtp = settings(port, { security: "starttls", ca: certificate.cert, auth: wrong });
  const result = await verify(smtp);
  expect(result).toMatchObject({
    ok: false,
    steps: [/Connected/, /TLS 1\.3/].map((words) => expect.stringMatching(words)),
  });
  expect(result).toHaveProperty(
    "explanation",
    expect.stringMatching(/Check MAIL_USERNAME and MAIL_PASSWORD/),
  );
  expect(JSON.stringify(result)).not.toContain("not-it-at-all");
});

/** A scripted server that keeps what it was asked. */
async function listening(replies: Record<string, string | null>) {
  const asked: string[] = [];
  const talk = scripted(replies);
  const { port } = await rawServer((socket) => {
    socket.on("data", (data) => asked.push(...String(data).trim().split("\r\n")));
    talk(socket);
  });
  return { port, asked };
}

test("names sender and recipient, takes it back, and sends nothing", async () => {
  const { port, asked } = await listening({});
  const result = await verify(settings(port), "ada@example.com");
  expect(result).toMatchObject({ ok: true });
  expect(result.steps.slice(-2)).toEqual([
    "Takes email from no-reply@example.com.",
    "Takes email for ada@example.com.",
  ]);
  expect(asked.slice(0, 4)).toEqual([
    "EHLO app.example",
    "MAIL FROM:<no-reply@example.com>",
    "RCPT TO:<ada@example.com>",
    "RSET",
  ]);
  expect(asked).not.toContain("DATA");
});

test.each([
  ["the sender", { MAIL: "550 5.7.60 not as this sender" }, /refuses the sender/],
  ["the recipient", { RCPT: "550 5.1.1 no such user" }, /refuses the recipient/],
  ["a recipient for now", { RCPT: "450 4.2.0 Greylisted" }, /come back later/],
  ["RSET", { RSET: "421 4.3.2 closing" }, /come back later/],
])("says that the server refuses %s", async (_what, replies, words) => {
  const { port } = await listening(replies);
  expect(await verify(settings(port), "ada@example.com")).toMatchObject({
    ok: false,
    explanation: expect.stringMatching(words),
  });
});

const WITH_TLS = "250-scripted.example\r\n250-STARTTLS\r\n250 AUTH PLAIN";

test("tells TLS that cannot be had just now from TLS that is not offered", async () => {
  const busy = await listening({ EHLO: WITH_TLS, STARTTLS: "454 4.7.0 TLS not available" });
  expect(await explanation(settings(busy.port, { security: "starttls" }))).toMatch(
    /cannot start TLS just now \(it said: 454 .*Try again later/,
  );
  const broken = await listening({ EHLO: WITH_TLS, STARTTLS: "554 5.7.3 Unable to initialize" });
  expect(await explanation(settings(broken.port, { security: "starttls" }))).toMatch(
    /refuses to start TLS \(it said: 554/,
  );
  const none = await listening({ STARTTLS: "502 5.5.1 Command not implemented" });
  expect(await explanation(settings(none.port, { security: "starttls" }))).toMatch(
    /does not offer STARTTLS/,
  );
});

test("says that STARTTLS was offered and refused where it is not demanded", async () => {
  const { port, asked } = await listening({ EHLO: WITH_TLS, STARTTLS: "454 4.7.0 not now" });
  const result = await verify(settings(port));
  expect(result).toMatchObject({ ok: true });
  expect(result.steps[1]).toMatch(/^Not encrypted: the server offers STARTTLS and refused it/);
  expect(await explanation(settings(port, { auth }))).toMatch(/refused STARTTLS just now .*454/);
  expect(asked.join()).not.toMatch(/AUTH/);
});

test.each(["starttls", "none"] as const)(
  "tells a greeting that is refused from a limit (%s)",
  async (security) => {
    const refused = "550 5.7.1 Helo command rejected: need fully-qualified hostname";
    const name = await listening({ EHLO: refused, HELO: refused });
    expect(await explanation(settings(name.port, { security }))).toMatch(/MAIL_HELO_NAME/);
    const busy = "450 4.7.0 Too many connections from your address";
    const limit = await listening({ EHLO: busy, HELO: busy });
    expect(await explanation(settings(limit.port, { security }))).toMatch(/We send more than/);
    const closing = await listening({ EHLO: "421 4.7.0 Too many sessions" });
    expect(await explanation(settings(closing.port, { security }))).toMatch(/We send more than/);
  },
);

test("says that EHLO was refused where HELO was taken", async () => {
  const { port } = await listening({ EHLO: "502 5.5.1 unknown", HELO: "250 old.example" });
  const result = await verify(settings(port));
  expect(result.steps[1]).toMatch(/refused EHLO \(it said: 502.*MAIL_HELO_NAME/);
});

test("says that nothing listens", async () => {
  const port = await closedPort();
  expect(await verify(settings(port))).toEqual({
    ok: false,
    explanation: expect.stringContaining(`Nothing answers at 127.0.0.1:${port}`),
    steps: [],
  });
});

test("says that STARTTLS is demanded and not offered", async () => {
  const { port } = await smtpServer();
  expect(await explanation(settings(port, { security: "starttls" }))).toContain(
    "does not offer STARTTLS, and MAIL_USE_TLS demands it. Nothing was sent in plain text.",
  );
});

test("says that a port of implicit TLS was spoken to in plain text", async () => {
  const { port } = await smtpServer({ ...selfSigned(), secure: true });
  expect(await explanation(settings(port))).toMatch(
    /never sent an SMTP greeting.*MAIL_USE_SSL=true/,
  );
});

test("says that a plain port was spoken to in TLS", async () => {
  const { port } = await smtpServer();
  expect(await explanation(settings(port, { security: "tls" }))).toMatch(
    /does not speak TLS from the first byte.*MAIL_USE_TLS=true and MAIL_USE_SSL=false/,
  );
});

test.each([
  ["not trusted", {}, false, /not signed by an authority.*NODE_EXTRA_CA_CERTS/],
  ["expired", { notAfter: daysFromNow(-1), notBefore: daysFromNow(-9) }, true, /has expired/],
  [
    "not valid yet",
    { notBefore: daysFromNow(1), notAfter: daysFromNow(9) },
    true,
    /not valid yet.*clock/,
  ],
  [
    "for another name",
    { names: ["mx.example"] },
    true,
    /another name: DNS:mx\.example.*Set MAIL_SERVER/,
  ],
])("says that the certificate is %s", async (_what, options, trusted, words) => {
  const certificate = selfSigned(options);
  const { port } = await smtpServer({ ...certificate, disabledCommands: ["AUTH"] });
  const ca = trusted ? { ca: certificate.cert } : {};
  expect(await explanation(settings(port, { security: "starttls", ...ca }))).toMatch(words);
});

test("says that the server offers no sign-in", async () => {
  const { port } = await smtpServer();
  expect(await explanation(settings(port, { auth }))).toMatch(
    /Signing in .* is not possible.*MAIL_USERNAME and MAIL_PASSWORD empty/,
  );
});

test.each([
  ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", /does not speak SMTP \(it said: HTTP/],
  ["an IMAP server", "* OK IMAP4rev1 ready\r\n", /port for reading mail/],
  ["a server that is busy", "421 4.3.2 too busy\r\n", /come back later/],
  ["a server that wants none of us", "554 5.7.1 blocked\r\n", /refuses to talk to this machine/],
])("says that it found %s", async (_what, greeting, words) => {
  const { port } = await rawServer((socket) => void socket.end(greeting));
  expect(await explanation(settings(port))).toMatch(words);
});

test.each([
  ["before the greeting", (socket: Socket) => void socket.end()],
  ["at EHLO", scripted({ EHLO: null })],
])("says that the server hung up %s", async (_when, talk) => {
  const { port } = await rawServer(talk);
  expect(await explanation(settings(port))).toMatch(/hung up/);
});

test("gives up on a server that dawdles", async () => {
  const { port } = await rawServer(scripted({ EHLO: "250-wait" }));
  const timeouts = { connection: 5000, greeting: 5000, socket: 5000, send: 500 };
  expect(await verifySmtp(settings(port), timeouts, { sender })).toMatchObject({
    ok: false,
    explanation: expect.stringMatching(/took too long/),
    steps: [`Connected to 127.0.0.1:${port}.`],
  });
});

test("the certificate made for the tests is one that Node accepts", async () => {
  const certificate = selfSigned({ names: ["localhost"] });
  const { port } = await smtpServer({ ...certificate, secure: true });
  const socket = connectTls({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    ca: certificate.cert,
  });
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve, reject) =>
    socket.once("secureConnect", resolve).once("error", reject),
  );
  expect(socket.authorized).toBe(true);
});
