import { once } from "node:events";
import type { Socket } from "node:net";
import { simpleParser } from "mailparser";
import type { SMTPServerOptions } from "smtp-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../tests/certificate.ts";
import { closedPort, rawServer, scripted, settings, smtpServer } from "../tests/smtp-servers.ts";
import { InvalidMessageError } from "./invalid-message-error.ts";
import { createMailer, type Mailer, type MailerOptions } from "./mailer.ts";
import type { MailMessage } from "./message.ts";
import type { SmtpTimeouts } from "./transport-settings.ts";

const message: MailMessage = {
  to: "ada@example.com",
  subject: "Reset your password",
  text: "Hello Ada\n",
  html: "<p>Hello Ada</p>",
};

function mailer(options: Partial<MailerOptions> & Pick<MailerOptions, "smtp">): Mailer {
  const made = createMailer({ from: "Rekey <no-reply@example.com>", ...options });
  onTestFinished(() => made.close());
  return made;
}

/** Sends the message to a server that follows the script; the result. */
async function sendTo(replies: Record<string, string | null>, change: Partial<MailMessage> = {}) {
  const { port } = await rawServer(scripted(replies));
  return mailer({ smtp: settings(port) }).send({ ...message, ...change });
}

/** The decoded body of the part with this content type. */
function part(source: string, type: string): string {
  const start = source.indexOf(`Content-Type: ${type}`);
  const [head = "", ...rest] = source.slice(start).split("\r\n\r\n");
  const body = rest.join("\r\n\r\n").split("\r\n----_")[0] ?? "";
  if (/Encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString();
  if (!/Encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

describe("a mail that the server takes", () => {
  test("is sent, with the server's reply and the Message-ID the caller gave", async () => {
    const { port, received } = await smtpServer();
    const messageId = "<job-1@example.com>";
    const result = await mailer({ smtp: settings(port) }).send({ ...message, messageId });
    expect(result).toEqual({
      status: "sent",
      messageId,
      response: "250 queued as 1",
      refused: [],
    });
    expect(received).toMatchObject([{ from: "no-reply@example.com", to: ["ada@example.com"] }]);
    expect(received[0]?.source).toContain(`\r\nMessage-ID: ${messageId}\r\n`);
  });

  test("says that a program wrote it, and when", async () => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port) }).send({ ...message, headers: { "X-Job": "7" } });
    const head = received[0]?.source.split("\r\n\r\n")[0];
    expect(head).toMatch(/^From: Rekey <no-reply@example\.com>$/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(head).toMatch(/^X-Auto-Response-Suppress: All$/m);
    expect(head).toMatch(/^X-Job: 7$/m);
    expect(head).toMatch(/^Date: \w{3}, \d{2} \w{3} \d{4} /m);
    expect(head).toMatch(/^Message-ID: <[0-9a-f-]{36}@example\.com>$/m);
    expect(head).not.toMatch(/X-Mailer|nodemailer/i);
  });

  test("is an entity of its own, and the same one when it is sent again", async () => {
    const { port, received } = await smtpServer();
    const { send } = mailer({ smtp: settings(port) });
    for (const job of ["job-1", "job-2", "job-1"]) {
      await send({ ...message, messageId: `<${job}@example.com>` });
    }
    const entities = received.map(({ source }) => source.match(/^X-Entity-Ref-ID: (.*)\r$/m)?.[1]);
    expect(entities).toEqual(["job-1", "job-2", "job-1"]);
  });

  test("may say otherwise about itself, in any letter case", async () => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port) }).send({
      ...message,
      headers: { "auto-submitted": "auto-replied" },
    });
    expect(received[0]?.source.match(/^auto-submitted:.*$/gim)).toEqual([
      "Auto-Submitted: auto-replied",
    ]);
  });

  test.each([
    ["dots at the start of lines", ".\r\n..\r\n.x\r\n"],
    [
      "a link longer than a line",
      `https://example.com/reset-password#token=${"abc.".repeat(300)}\r\n`,
    ],
    ["a line of 2000 letters", `${"x".repeat(2000)}\r\n`],
    ["letters beyond ASCII", "Zoë, 你好, Привет, مرحبا 🔑\r\n"],
    ["From at the start of a line", "From here on\r\n"],
    ["equals signs and trailing spaces", "a=3D =\r\nb  \r\n"],
  ])("arrives as it was written: %s", async (_what, text) => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port) }).send({ ...message, text, html: `<pre>${text}</pre>` });
    const source = received[0]?.source ?? "";
    expect(part(source, "text/plain").trimEnd()).toBe(text.trimEnd());
    expect(part(source, "text/html")).toContain(text.trimEnd());
    expect(Math.max(...source.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(source).toMatch(/^\p{ASCII}*$/u);
  });

  test("has a subject and a sender's name beyond ASCII encoded", async () => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port) }).send({
      ...message,
      subject: "Neues Passwort für Zoë",
      from: '"Zoë, Rekey" <z@example.com>',
    });
    expect(received[0]?.source).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(received[0]?.source).toMatch(/^From: =\?UTF-8\?[^<]+\?= <z@example\.com>/m);
    expect(received[0]?.from).toBe("z@example.com");
  });

  test.each([
    [
      "sendgrid",
      {
        "X-SMTPAPI":
          /^\{"filters": .*"clicktrack": \{"settings": \{"enable": 0\}\}, "opentrack": \{"settings": \{"enable": 0/,
      },
    ],
    ["postmark", { "X-PM-TrackOpens": /^false$/, "X-PM-TrackLinks": /^None$/ }],
    [
      "mailgun",
      {
        "X-Mailgun-Track": /^no$/,
        "X-Mailgun-Track-Clicks": /^no$/,
        "X-Mailgun-Track-Opens": /^no$/,
      },
    ],
  ] as const)("tells %s to track neither clicks nor opens", async (provider, expected) => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port), provider }).send(message);
    const { headers } = await simpleParser(received[0]?.source ?? "");
    for (const [name, value] of Object.entries(expected)) {
      expect([name, String(headers.get(name.toLowerCase()))]).toEqual([
        name,
        expect.stringMatching(value),
      ]);
    }
  });

  test("tells SES to leave its links alone, and others nothing", async () => {
    const { port, received } = await smtpServer();
    const html = '<abbr>x</abbr><a href="https://example.com/#token=a">Go</a>';
    await mailer({ smtp: settings(port), provider: "ses" }).send({ ...message, html });
    await mailer({ smtp: settings(port) }).send({ ...message, html });
    const [ses = "", other = ""] = received.map(({ source }) => part(source, "text/html"));
    expect(ses.trim()).toBe(
      '<abbr>x</abbr><a ses:no-track href="https://example.com/#token=a">Go</a>',
    );
    expect(other.trim()).toBe(html);
    expect(received[1]?.source).not.toMatch(
      /^X-(?!Auto-Response|Entity-Ref)|List-Unsubscribe|Precedence/im,
    );
  });

  test("names the recipients that were refused when others were not", async () => {
    const { port, received } = await smtpServer({
      onRcptTo({ address }, _session, done) {
        done(
          address.startsWith("no") ? Object.assign(new Error("who?"), { responseCode: 550 }) : null,
        );
      },
    });
    const to = ["ada@example.com", "nobody@example.com"];
    const result = await mailer({ smtp: settings(port) }).send({ ...message, to });
    expect(result).toMatchObject({ status: "sent", refused: ["nobody@example.com"] });
    expect(received[0]?.to).toEqual(["ada@example.com"]);
  });

  test("shares connections, at most as many as allowed", async () => {
    const { port, received, connections } = await smtpServer();
    const { send } = mailer({ smtp: settings(port), concurrency: 2 });
    const results = await Promise.all(Array.from({ length: 20 }, () => send(message)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["sent"]));
    expect(received).toHaveLength(20);
    expect(connections()).toBeLessThanOrEqual(2);
  });

  test("goes out over a new connection when the server had closed the idle one", async () => {
    const sockets: Socket[] = [];
    const { port } = await rawServer((socket) => {
      sockets.push(socket);
      scripted({})(socket);
    });
    const { send } = mailer({ smtp: settings(port) });
    await send(message);
    sockets[0]?.destroy();
    expect(await send(message)).toMatchObject({ status: "sent" });
    expect(sockets).toHaveLength(2);
  });
});

describe("encryption", () => {
  const authenticated: SMTPServerOptions = {
    disabledCommands: [],
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
  };
  const auth = { user: "rekey", password: "pass word" };

  test("uses STARTTLS with a trusted certificate and signs in", async () => {
    const certificate = selfSigned();
    const { port, received } = await smtpServer({ ...certificate, ...authenticated });
    const smtp = settings(port, { security: "starttls", ca: certificate.cert, auth });
    expect(await mailer({ smtp }).send(message)).toMatchObject({ status: "sent" });
    expect(received).toMatchObject([{ tls: true, user: "rekey" }]);
  });

  test("uses implicit TLS with a trusted certificate and signs in", async () => {
    const certificate = selfSigned();
    const { port, received } = await smtpServer({ ...certificate, ...authenticated, secure: true });
    const smtp = settings(port, { security: "tls", ca: certificate.cert, auth });
    expect(await mailer({ smtp }).send(message)).toMatchObject({ status: "sent" });
    expect(received).toMatchObject([{ tls: true, user: "rekey" }]);
  });

  test("sends in plain text where no TLS is asked for nor offered", async () => {
    const { port, received } = await smtpServer();
    await mailer({ smtp: settings(port) }).send(message);
    expect(received).toMatchObject([{ tls: false }]);
  });

  test.each([
    ["a self-signed certificate", {}],
    ["an expired certificate for another name", { names: ["x.example"], notAfter: new Date(0) }],
  ])("takes TLS that is offered unasked, even with %s", async (_what, change) => {
    const certificate = selfSigned({ notBefore: new Date(0), ...change });
    const { port, received } = await smtpServer({ ...certificate, disabledCommands: ["AUTH"] });
    expect(await mailer({ smtp: settings(port) }).send(message)).toMatchObject({ status: "sent" });
    expect(received).toMatchObject([{ tls: true }]);
  });

  test("takes an old TLS that is offered unasked", async () => {
    const { port, received } = await smtpServer({
      ...selfSigned(),
      disabledCommands: ["AUTH"],
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    expect(await mailer({ smtp: settings(port) }).send(message)).toMatchObject({ status: "sent" });
    expect(received).toMatchObject([{ tls: true }]);
  });

  test("stays in plain text when TLS was offered unasked and then refused", async () => {
    const script = { EHLO: "250-scripted.example\r\n250 STARTTLS", STARTTLS: "454 not now" };
    expect(await sendTo(script)).toMatchObject({ status: "sent" });
  });

  test("sends nothing in plain text where STARTTLS is demanded", async () => {
    const { port, received } = await smtpServer();
    const result = await mailer({ smtp: settings(port, { security: "starttls" }) }).send(message);
    expect(result).toMatchObject({
      status: "deferred",
      reason: expect.stringMatching(/MAIL_USE_TLS demands it/),
    });
    expect(received).toEqual([]);
  });

  test.each(["starttls", "tls"] as const)(
    "sends nothing to an untrusted certificate (%s)",
    async (security) => {
      const options = { ...selfSigned(), disabledCommands: ["AUTH"], secure: security === "tls" };
      const { port, received } = await smtpServer(options);
      const result = await mailer({ smtp: settings(port, { security }) }).send(message);
      expect(result).toMatchObject({
        status: "deferred",
        reason: expect.stringMatching(/not signed by an authority/),
      });
      expect(received).toEqual([]);
    },
  );
});

describe("a mail that may go out later is deferred", () => {
  test("when nothing listens", async () => {
    const smtp = settings(await closedPort());
    expect(await mailer({ smtp }).send(message)).toEqual({
      status: "deferred",
      about: "server",
      reason: expect.stringContaining(`Nothing answers at 127.0.0.1:${smtp.port}`),
    });
  });

  test("when the sign-in fails: that is our trouble, not the recipient's", async () => {
    const auth = { user: "rekey", password: "wrong-password" };
    const { port } = await smtpServer({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) =>
        done(Object.assign(new Error(`5.7.8 bad: ${password}`), { responseCode: 535 })),
    });
    const result = await mailer({ smtp: settings(port, { auth }) }).send(message);
    expect(result).toMatchObject({ status: "deferred", response: "535 5.7.8 bad: •••" });
    expect(JSON.stringify(result)).not.toContain("wrong-password");
  });

  test.each([
    ["the greeting is 421", { greeting: "421 4.3.2 closing" }, "server"],
    ["the greeting is 554", { greeting: "554 no service" }, "server"],
    ["the sender is refused with 4yz", { MAIL: "451 4.3.0 later" }, "server"],
    ["the sender is refused with 5yz", { MAIL: "550 5.7.1 not your address" }, "server"],
    ["a sign-in is wanted", { MAIL: "530 5.7.0 Authentication required" }, "server"],
    ["the recipient is refused with 450", { RCPT: "450 4.2.0 greylisted" }, "mail"],
    ["the recipient is refused with 451", { RCPT: "451 4.7.1 try again" }, "mail"],
    ["the recipient is refused with 421", { RCPT: "421 4.7.0 too many" }, "server"],
    [
      "the server relays nothing for us",
      { RCPT: "554 5.7.1 <ada@example.com>: Relay access denied" },
      "server",
    ],
    [
      "the sender is refused at RCPT TO",
      { RCPT: "553 5.7.1 <n@e.com>: Sender address rejected: no" },
      "server",
    ],
    [
      "this machine is refused at RCPT TO",
      { RCPT: "554 5.7.1 Client host [1.2.3.4] blocked using x" },
      "server",
    ],
    ["the commands are out of order", { RCPT: "503 5.5.1 MAIL first" }, "server"],
    ["DATA is refused with 4yz", { DATA: "452 4.3.1 disk full" }, "server"],
    ["the mail is refused with 4yz", { ".": "451 4.7.0 looks odd" }, "mail"],
    ["our quota is used up", { ".": "550 5.4.5 Daily user sending limit exceeded" }, "server"],
    ["we send too fast", { RCPT: "550 5.7.1 Message rate limit exceeded for sender" }, "server"],
    ["our domain fails DMARC", { ".": "550 5.7.26 DMARC policy" }, "server"],
    [
      "our address is not verified",
      { ".": "554 Message rejected: Email address is not verified." },
      "server",
    ],
    ["our tenant is blocked", { ".": "550 5.7.501 spam abuse from your tenant" }, "server"],
    ["the recipient's mailbox is full", { RCPT: "552 5.2.2 mailbox full" }, "mail"],
    ["it is refused for a reason nobody knows", { RCPT: "550 5.9.99 lorem ipsum" }, "mail"],
    ["the mail is too large for the sender's command", { MAIL: "552 5.3.4 too big" }, "server"],
    ["the mail is too large", { ".": "552 5.3.4 too big" }, "server"],
    ["the mail is refused", { ".": "554 5.7.1 looks like spam" }, "server"],
    ["DATA is refused", { DATA: "554 5.5.0 no valid recipients" }, "server"],
    [
      "the recipient's domain wants a sign-in of the relay",
      {
        RCPT: "450 4.1.1 <ada@example.com>: unverified address: host mx.example.com said: 450 authentication required",
      },
      "mail",
    ],
  ])("when %s", async (_when, replies, about) => {
    const [reply] = Object.values(replies);
    expect(await sendTo(replies)).toMatchObject({
      status: "deferred",
      about,
      reason: expect.any(String),
      response: reply,
    });
  });

  test("when the recipient is answered with 421, in the server's words, however many idle connections it closes", async () => {
    let refuses = false;
    const ready = scripted({});
    const { port } = await rawServer((socket) => {
      if (refuses) return scripted({ RCPT: "421 4.7.0 closing for maintenance" })(socket);
      ready(socket);
      socket.on("data", () => refuses && socket.destroy());
    });
    const { send } = mailer({ smtp: settings(port), concurrency: 4 });
    await Promise.all(Array.from({ length: 8 }, () => send(message)));
    refuses = true;
    const results = await Promise.all(Array.from({ length: 4 }, () => send(message)));
    for (const result of results) {
      expect(result).toMatchObject({
        status: "deferred",
        about: "server",
        response: "421 4.7.0 closing for maintenance",
      });
    }
  });

  test.each([
    ["before the greeting", (socket: Socket) => void socket.end()],
    ["with a reset", (socket: Socket) => void socket.resetAndDestroy()],
    ["at EHLO", scripted({ EHLO: null })],
    ["at RCPT TO", scripted({ RCPT: null })],
    ["after the data and before its 250", scripted({ ".": null })],
  ])("when the server hangs up %s", async (_when, talk) => {
    const { port } = await rawServer(talk);
    const result = await mailer({ smtp: settings(port) }).send(message);
    expect(result).toMatchObject({ status: "deferred", reason: expect.stringMatching(/hung up/) });
  });

  test("when the server hangs up after the data, without sending the mail twice", async () => {
    let connections = 0;
    const { port } = await rawServer((socket) => {
      connections += 1;
      scripted({ ".": null })(socket);
    });
    await mailer({ smtp: settings(port) }).send(message);
    expect(connections).toBe(1);
  });

  test.each<[string, Partial<SmtpTimeouts>, (socket: Socket) => void, RegExp]>([
    ["is silent", { greeting: 300 }, () => {}, /never sent an SMTP greeting/],
    [
      "is silent after the greeting",
      { socket: 300 },
      (socket) => void socket.write("220 hi\r\n"),
      /stopped answering/,
    ],
    [
      "speaks HTTP",
      {},
      (socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
      /does not speak SMTP/,
    ],
  ])("when the server %s", async (_what, timeouts, talk, reason) => {
    const { port } = await rawServer(talk);
    const result = await mailer({ smtp: settings(port), timeouts }).send(message);
    expect(result).toMatchObject({ status: "deferred", reason: expect.stringMatching(reason) });
  });

  test("when its time is up, and its connection is closed", async () => {
    const accepted = Promise.withResolvers<Socket>();
    const { port } = await rawServer((socket) => {
      accepted.resolve(socket);
      // Takes the mail and never finishes its reply.
      scripted({ ".": "250-still" })(socket);
    });
    const { send } = mailer({ smtp: settings(port), timeouts: { send: 2000 } });
    const sending = send(message);
    const closed = once(await accepted.promise, "close");
    expect(await sending).toMatchObject({
      status: "deferred",
      reason: expect.stringMatching(/took too long/),
    });
    await closed;
  });

  test("when its time is up before a connection is free", async () => {
    const { port } = await rawServer(scripted({ ".": "250-still" }));
    const { send } = mailer({ smtp: settings(port), concurrency: 1, timeouts: { send: 200 } });
    const results = await Promise.all([send(message), send(message), send(message)]);
    expect(results.map(({ status }) => status)).toEqual(["deferred", "deferred", "deferred"]);
  });

  test("when the mailer abandons it, and its connection is closed", async () => {
    const accepted = Promise.withResolvers<Socket>();
    const taken = Promise.withResolvers<void>();
    const { port } = await rawServer((socket) => {
      accepted.resolve(socket);
      scripted({ ".": "250-still" })(socket);
      socket.on("data", (data) => data.includes("\r\n.\r\n") && taken.resolve());
    });
    const { send, abandon } = mailer({ smtp: settings(port) });
    const sending = send(message);
    const closed = once(await accepted.promise, "close");
    await taken.promise;
    abandon();
    const closing = { status: "deferred", reason: "The mailer is closing." };
    expect(await sending).toMatchObject(closing);
    expect(await send(message)).toMatchObject(closing);
    await closed;
  });

  test("when the mailer is closed", async () => {
    const { port } = await smtpServer();
    const closed = mailer({ smtp: settings(port) });
    await closed.close();
    expect(await closed.send(message)).toMatchObject({ status: "deferred" });
  });
});

describe("a mail that will never go out bounces", () => {
  test.each([
    ["the recipient is unknown", { RCPT: "550 5.1.1 no such user" }],
    [
      "the recipient is unknown in a relay's table",
      { RCPT: "550 5.1.1 User unknown in relay recipient table" },
    ],
    ["the recipient's name is like a relay's", { RCPT: "550 <relay@example.com>: no such user" }],
    ["the recipient's domain takes no mail", { RCPT: "556 5.1.10 null MX" }],
    ["the recipient's account is shut", { RCPT: "550 5.2.1 mailbox disabled" }],
    ["the recipient turns out to be unknown at the end", { ".": "550 5.1.1 no such user" }],
  ])("when %s", async (_when, replies) => {
    const [response] = Object.values(replies);
    expect(await sendTo(replies)).toEqual({
      status: "bounced",
      reason: expect.any(String),
      response,
    });
  });

  test("in the server's words, which are cut at whole characters", async () => {
    const result = await sendTo({ RCPT: `550 5.1.1 x${"🚫".repeat(300)}` });
    expect(result).toMatchObject({ status: "bounced", response: expect.stringContaining("x🚫🚫") });
    expect(JSON.stringify(result)).not.toMatch(/\\ud[89a-f]/i);
  });

  test("when every recipient is refused, but is deferred when one of them only for now", async () => {
    const refuse = (code: (address: string) => number): SMTPServerOptions => ({
      onRcptTo: ({ address }, _session, done) =>
        done(Object.assign(new Error("No such user"), { responseCode: code(address) })),
    });
    const to = ["ada@example.com", "bob@example.com"];
    const never = await smtpServer(refuse(() => 550));
    const oneLater = await smtpServer(refuse((address) => (address.startsWith("ada") ? 450 : 550)));
    const send = ({ port }: { port: number }) =>
      mailer({ smtp: settings(port) }).send({ ...message, to });
    expect(await send(never)).toMatchObject({ status: "bounced" });
    expect(await send(oneLater)).toMatchObject({ status: "deferred" });
  });
});

describe("the mailer", () => {
  test("throws for a message that must not be sent, and connects to nobody", async () => {
    const { port, connections } = await smtpServer();
    const sending = mailer({ smtp: settings(port) }).send({
      ...message,
      subject: "a\r\nBcc: b@c.d",
    });
    await expect(sending).rejects.toThrow(InvalidMessageError);
    expect(connections()).toBe(0);
  });

  test("throws at once for a malformed sender", () => {
    expect(() => createMailer({ smtp: settings(25), from: "a@b.c, d@e.f" })).toThrow(
      InvalidMessageError,
    );
  });

  test("lets mails in flight finish when it closes", async () => {
    const { port, received } = await smtpServer();
    const closing = mailer({ smtp: settings(port), concurrency: 1 });
    const sending = [1, 2, 3].map(() => closing.send(message));
    await closing.close();
    expect(received).toHaveLength(3);
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual([
      "sent",
      "sent",
      "sent",
    ]);
  });
});
