import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replies } from "../tests/replies.ts";
import { RULES } from "./reply-rules.ts";
import { causeOf, judgeReply, parseReply } from "./reply-verdict.ts";

const COMMANDS = ["CONN", "EHLO", "STARTTLS", "AUTH PLAIN", "MAIL FROM", "RCPT TO", "DATA", ""];

describe("what real servers say", () => {
  test.each(replies.map((real) => [`${real.from} at ${real.command}`, real.reply, real] as const))(
    "%s: %s",
    (_from, reply, { command, cause, ends = false, about = "server" }) => {
      expect(judgeReply(command, reply)).toEqual({ cause, ends, about });
    },
  );

  test("is kept for at least eighty replies, each with its source", () => {
    expect(new Set(replies.map(({ command, reply }) => command + reply)).size).toBe(replies.length);
    expect(replies.length).toBeGreaterThanOrEqual(80);
    for (const { source } of [...replies, ...RULES]) expect(source).not.toBe("");
  });

  test("means the same in capitals, on other lines and between other addresses", () => {
    const variation = fc.record({
      real: fc.constantFrom(...replies),
      upper: fc.boolean(),
      lineBreak: fc.constantFrom("\r\n", "\n"),
      fold: fc.boolean(),
    });
    fc.assert(
      fc.property(variation, ({ real, upper, lineBreak, fold }) => {
        const { command, cause, ends = false, about = "server" } = real;
        const lines = real.reply.split("\n");
        const code = real.reply.slice(0, 3);
        const folded = fold
          ? // Every word on a line of its own, as RFC 5321 4.2.1 writes them.
            lines
              .flatMap((line) => line.slice(4).split(/ +/))
              .filter((word) => word !== "")
              .map((word, at, all) => `${code}${at === all.length - 1 ? " " : "-"}${word}`)
          : lines;
        const text = folded.join(lineBreak);
        const told = upper ? text.toUpperCase() : text;
        expect(judgeReply(command, told)).toEqual({ cause, ends, about });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a mail is given up", () => {
  const status = fc.tuple(fc.constantFrom("2", "4", "5"), fc.nat(9), fc.nat(999));
  const words = fc.array(fc.constantFrom(..."lorem ipsum dolor sit amet consetetur".split(" ")));
  const reply = fc
    .tuple(fc.integer({ min: 400, max: 599 }), fc.option(status), words)
    .map(([code, enhanced, said]) =>
      [code, ...(enhanced ? [enhanced.join(".")] : []), ...said].join(" "),
    );

  test("for no words and no codes that nobody knows", () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), reply, (command, text) => {
        const { ends } = judgeReply(command, text);
        const known = /^5\d\d 5\.(?:1\.(?:[0-6]|10)|2\.1)(?: |$)|^556/.test(text);
        if (ends) expect([known, ["RCPT TO", "DATA"].includes(command)]).toEqual([true, true]);
      }),
      { numRuns: 5000 },
    );
  });

  test("never for a 4yz, nor before the recipient was named", () => {
    const early = fc.constantFrom(...COMMANDS.filter((c) => c !== "RCPT TO" && c !== "DATA"));
    fc.assert(
      fc.property(fc.constantFrom(...replies), early, (real, command) => {
        expect(judgeReply(command, real.reply).ends).toBe(false);
        const forNow = real.reply.replace(/^5/gm, "4").replace(/\b5(\.\d+\.\d+)/g, "4$1");
        expect(judgeReply(real.command, forNow).ends).toBe(false);
      }),
    );
  });

  test("for any text at all, it is decided, at once and without an error", () => {
    const nasty = fc.oneof(
      fc.string({ unit: "binary", maxLength: 5000 }),
      fc.array(fc.constantFrom("said: 550 ", "remote ", "5.1.1 ", "user ", "is ", "exceeded "), {
        maxLength: 3000,
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), nasty, (command, text) => {
        const told = Array.isArray(text) ? `550 ${text.join("")}` : text;
        expect(judgeReply(command, told)).toMatchObject({ ends: expect.any(Boolean) });
        expect(causeOf(told)).toEqual(expect.any(String));
      }),
    );
  });
});

describe("the circuit is left alone", () => {
  test("by whatever a recipient's domain writes into a 4yz at RCPT TO", () => {
    const quoted = fc.tuple(fc.constantFrom(...replies), fc.integer({ min: 400, max: 499 }));
    fc.assert(
      fc.property(quoted, ([real, code]) => {
        fc.pre(code !== 421);
        const said = `${code} 4.1.1 <a@b.c>: Recipient address rejected: unverified address: host mx.b.c[192.0.2.1] said: ${real.reply.replaceAll("\n", " ")} (in reply to RCPT TO command)`;
        expect(judgeReply("RCPT TO", said)).toMatchObject({ about: "mail", ends: false });
        const bare = real.reply.replace(/^\d{3}/gm, String(code));
        expect(judgeReply("RCPT TO", bare)).toMatchObject({ about: "mail", ends: false });
      }),
    );
  });
});

test.each([
  ["550 5.1.1 x", 550, "5.1.1"],
  ["550-5.1.1 x\r\n550 5.1.1 y", 550, "5.1.1"],
  ["550 #5.1.1 x", 550, "5.1.1"],
  ["550 [5.1.1] x", 550, "5.1.1"],
  ["550 5.1.1: x", 550, "5.1.1"],
  ["550 x (#5.1.1)", 550, "5.1.1"],
  ["550 x 5.1.1.7 y", 550, undefined],
  ["550", 550, undefined],
  ["HTTP/1.1 400 Bad Request", undefined, undefined],
])("reads the codes of %j", (text, code, status) => {
  expect(parseReply(text)).toMatchObject({ code, status });
});

test.each([
  ["smtp; 552 5.2.2 mailbox full", "mailbox-full"],
  ["5.1.1: The email account that you tried to reach does not exist", "mailbox"],
  ["The server was unable to deliver your message", "unknown"],
  ["550 5.7.1 blocked using zen.spamhaus.org", "reputation"],
])("tells the cause in a provider's later words: %s", (words, cause) => {
  expect(causeOf(words)).toBe(cause);
});
