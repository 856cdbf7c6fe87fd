import fc from "fast-check";
import { simpleParser } from "mailparser";
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, test } from "vitest";
import { compileMessage } from "./compile-message.ts";

const headers = {
  from: { name: "Rekey, Inc.", address: "no-reply@example.com" },
  to: [{ name: "", address: "ada@example.com" }],
  messageId: "<job-1@example.com>",
  date: new Date("2026-11-28T10:00:00Z"),
  headers: [{ key: "X-SMTPAPI", value: { prepared: true, foldLines: true, value: "{}" } }],
};

/** Text of every kind that an encoding treats differently: spaces at a line's end, dots, "=", other scripts. */
const line = fc.oneof(
  fc.constantFrom(".", "..", "--", "=3D", " ", "ends in a space ", "\ttab\t", "x".repeat(1200)),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 100 }),
  fc.constantFrom("こんにちは".repeat(60), "مرحبا بك", "Grüße 👋🏽"),
);
const text = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, end]) => `Hello${end}${lines.join(end)}`)
  // Neither goes into an email: rendering takes them out.
  .filter((value) => value.isWellFormed() && !/[\0\u2028\u2029]/.test(value));

const bare = (value: string | false | undefined) => (value || "").replace(/\r\n?|\n/g, "\n").trim();

test("a message reads as nodemailer itself would have written it", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (subject, plain, html) => {
      const options = {
        ...headers,
        subject: subject.replace(/\p{Cc}+/gu, " "),
        text: plain,
        html: `<p>${html}</p>`,
      };
      const ours = await simpleParser(compileMessage(options).raw);
      const theirs = await simpleParser(await new MailComposer(options).compile().build());
      const read = ({ headerLines, text, html }: typeof ours) => ({
        headers: headerLines
          .filter(({ key }) => key !== "content-type")
          .map(({ line }) => line.replace(/\r?\n/g, "")),
        text: bare(text),
        html: bare(html),
      });
      expect(read(ours)).toEqual(read(theirs));
    }),
    { numRuns: 150 },
  );
});

test("no line is longer than SMTP allows, and each ends in CRLF", () => {
  fc.assert(
    fc.property(text, (value) => {
      const { raw } = compileMessage({ ...headers, subject: "x", text: value, html: value });
      const source = raw.toString();
      expect(source.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      // RFC 5321 4.5.3.1.6: 1000 octets with the line break.
      for (const one of source.split("\r\n")) expect(Buffer.byteLength(one)).toBeLessThan(999);
    }),
  );
});

test("the envelope has each recipient once", () => {
  const to = ["a@example.com", "b@example.com", "a@example.com"].map((address) => ({
    name: "",
    address,
  }));
  const { envelope } = compileMessage({ ...headers, to, subject: "x", text: "x", html: "x" });
  expect(envelope).toEqual({
    from: "no-reply@example.com",
    to: ["a@example.com", "b@example.com"],
  });
});
