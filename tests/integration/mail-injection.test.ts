import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { builtInBrand } from "@rekey/contract/brand";
import { locales } from "@rekey/contract/locales";
import { defaultReader } from "@rekey/emails/reader";
import { resetPassword } from "@rekey/emails/reset-password";
import { serverError } from "@rekey/emails/server-error";
import { createMailer } from "@rekey/mail/mailer";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../support/mailbox.ts";

/** What has broken mails before: line ends, SMTP and MIME syntax, markup, templates, directions. */
const nasty = fc.constantFrom(
  "\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nRCPT TO:<eve@evil.example>\r\nDATA\r\n",
  "\r\nBcc: eve@evil.example",
  "\n.\n",
  "\r.\r",
  "\n.\r\n",
  "\r\n\r\n--boundary--",
  "\r\nContent-Type: text/html\r\n\r\n",
  "=?utf-8?q?=0ABcc:_eve@evil.example?=",
  "=0D=0A",
  "</p><script>alert(1)</script>",
  `" onmouseover="x" <a href='https://evil.example'>`,
  "<!-- -->",
  "{{url}} [[greeting]] {name} %s",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the attack.
  "${process.env.SECRET_KEY}",
  "$& $1 $`",
  "\u202egro.live\u202c",
  "\u2066\u2067\u2068",
  "\u2028\u2029\u0085",
  "\0\u0008\u001b[31m",
  "\ud800",
  "https://evil.example/reset",
  "مرحبا",
  "👩‍💻",
  ".",
  "..",
  "From ",
);
const anything = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 20 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: nasty.map((part) => part.repeat(Math.ceil(10_000 / part.length))) },
);

const fields = {
  name: "Ada",
  url: "https://rekey.example/reset-password#token=abc.def",
  code: "12345678",
  cancelUrl: "https://rekey.example/not-me#token=ghi.jkl",
  expiresIn: 600,
  expiresAt: new Date("2026-11-25T10:14:00Z"),
  at: new Date("2026-11-25T10:04:00Z"),
  browser: "Firefox",
  system: "Android",
  network: "198.51.100.7",
};

describe("whatever a field holds", () => {
  let mailbox: Mailbox;
  let relay: ReturnType<typeof createServer>;
  let mailer: ReturnType<typeof createMailer>;
  /** Every byte that the mailer said. */
  let said: Buffer[] = [];

  beforeAll(async () => {
    mailbox = await startMailbox();
    relay = createServer((socket) => {
      const server = connect(mailbox.port, "127.0.0.1");
      socket.on("data", (chunk) => said.push(chunk));
      socket.pipe(server).pipe(socket);
      for (const end of [socket, server]) end.on("error", () => {});
    });
    relay.listen(0, "127.0.0.1");
    await once(relay, "listening");
    const { port } = relay.address() as AddressInfo;
    const smtp = { host: "127.0.0.1", port, security: "none" as const };
    mailer = createMailer({ smtp, from: "Rekey <no-reply@example.com>", concurrency: 1 });
  });
  afterAll(async () => {
    await mailer.close();
    relay.close();
    await mailbox.close();
  });

  /** Sends, and returns what went over the wire and what the mail server made of it. */
  async function send(mail: { subject: string; html: string; text: string }) {
    said = [];
    const before = mailbox.to("ada@example.com").length;
    const result = await mailer.send({
      ...mail,
      to: "ada@example.com",
      messageId: "<id@example.com>",
    });
    expect(result.status).toBe("sent");
    const received = mailbox.to("ada@example.com");
    expect(received).toHaveLength(before + 1);
    return { wire: Buffer.concat(said).toString("latin1"), mail: received.at(-1) };
  }

  /** The header names and MIME structure of a message, and its number of lines of text. */
  async function shapeOf(wire: string) {
    const data = wire.slice(wire.indexOf("\r\nDATA\r\n") + 8);
    const verbs = wire
      .slice(0, -data.length)
      .match(/^[A-Z]{4}/gm)
      ?.filter((verb) => verb !== "EHLO");
    expect(verbs).toEqual(["MAIL", "RCPT", "DATA"]);
    // RFC 5321 2.3.8 and 4.5.3.1.6: lines end in CRLF and nothing else, and hold at most 998 characters.
    expect(data).not.toMatch(/[^\r]\n|\r[^\n]|\0/);
    expect(Math.max(...data.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    // RFC 5321 4.5.2: one dot alone, and it is the end.
    expect(data.match(/^\.\r$/gm)).toHaveLength(1);
    expect(data.endsWith("\r\n.\r\n")).toBe(true);
    const source = data.slice(0, -3).replace(/^\./gm, "");
    const parsed = await simpleParser(Buffer.from(source, "latin1"));
    return {
      headers: parsed.headerLines.map(({ key }) => key),
      types: source.match(/(?<=^----_[^\r]*\r\n)Content-Type: [\w/]+/gm),
      boundaries: source.match(/^----_.*$/gm)?.length,
      to: [parsed.to].flat().flatMap((to) => to?.value.map(({ address }) => address)),
      from: parsed.from?.value.map(({ address }) => address),
      attachments: parsed.attachments.length,
      lines: parsed.text?.trimEnd().split("\n").length,
      links: (parsed.html || "").match(/<a [^>]*>/g)?.length,
      tags: (parsed.html || "").match(/<\/?[a-z][^ >]*/g)?.length,
    };
  }

  test("a mail stays one mail of one shape, to one reader, with our links only", async () => {
    const reader = defaultReader;
    const plain = await shapeOf((await send(resetPassword(builtInBrand, reader, fields))).wire);
    expect(plain).toMatchObject({ to: ["ada@example.com"], attachments: 0, links: 3 });
    await fc.assert(
      fc.asyncProperty(
        anything,
        anything,
        anything,
        anything,
        async (name, browser, network, product) => {
          const brand = { ...builtInBrand, name: product };
          // What is nothing but space is left out, which is another shape.
          const hostile = { ...fields, name, browser, network: `x${network}` };
          const { wire, mail } = await send(resetPassword(brand, reader, hostile));
          expect(await shapeOf(wire)).toEqual(plain);
          const text = mail?.text ?? "";
          expect(text.split("\n").filter((line) => /^https?:/.test(line))).toEqual([
            fields.url,
            fields.cancelUrl,
          ]);
          expect(`${mail?.subject}${text.replaceAll("\n", "")}`).not.toMatch(
            /[\p{Cc}\u202a-\u202e]/u,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("of any language", async () => {
    for (const locale of locales) {
      const reader = { ...defaultReader, locale };
      const plain = await shapeOf((await send(resetPassword(builtInBrand, reader, fields))).wire);
      await fc.assert(
        fc.asyncProperty(anything, async (name) => {
          const { wire } = await send(resetPassword(builtInBrand, reader, { ...fields, name }));
          expect(await shapeOf(wire)).toEqual(plain);
        }),
        { numRuns: 5 },
      );
    }
  });

  test("the details of an error add lines of text, and nothing else", async () => {
    const details = { count: 1, places: "x" };
    const mail = serverError(builtInBrand, defaultReader, { ...details, details: "x" });
    const { lines: _, ...plain } = await shapeOf((await send(mail)).wire);
    await fc.assert(
      fc.asyncProperty(anything, async (hostile) => {
        const mail = serverError(builtInBrand, defaultReader, {
          ...details,
          details: `x${hostile}x`,
        });
        const { lines: _, ...shape } = await shapeOf((await send(mail)).wire);
        expect(shape).toEqual(plain);
      }),
      { numRuns: 30 },
    );
  });
});
