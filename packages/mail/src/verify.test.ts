import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { daysFromNow, selfSigned } from "../tests/certificate.ts";
import { closedPort, rawServer, scripted, settings, smtpServer } from "../tests/smtp-servers.ts";
import type { SmtpSettings } from "./transport-settings.ts";
import { type VerifyResult, verifySmtp } from "./verify.ts";

const auth = { user: "rekey", password: "s3cret-pass" };

function verify(smtp: SmtpSettings): Promise<VerifyResult> {
  return verifySmtp(smtp, { connection: 9000, greeting: 500, socket: 9000, send: 9000 });
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
      `Connected to 127.0.0.1:${port}, which calls itself mx.example.`,
      "Encrypted with TLS 1.3, trusted certificate valid until 2049-12-31.",
      "Signed in as rekey.",
    ],
  });
  expect(received).toEqual([]);
});

test("tells each step over implicit TLS without a sign-in", async () => {
  const certificate = selfSigned();
  const { port } = await smtpServer({ ...certificate, secure: true, name: "mx.example" });
  expect(await verify(settings(port, { security: "tls", ca: certificate.cert }))).toMatchObject({
    ok: true,
    steps: [/Connected/, /Encrypted with TLS 1\.3/, /No sign-in/].map((words) =>
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
  expect(await verifySmtp(settings(port), timeouts)).toMatchObject({
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
