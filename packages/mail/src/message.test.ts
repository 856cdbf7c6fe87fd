import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidMessageError } from "./invalid-message-error.ts";
import { parseMailbox } from "./mailbox.ts";
import { checkMessage, type MailMessage } from "./message.ts";
import { messageIdFor } from "./message-id.ts";

const plain: MailMessage = { to: "ada@example.com", subject: "Hello", text: "t", html: "<p>t</p>" };

/** The code that `change` to a good message is refused with, or "accepted". */
function refusal(change: Partial<MailMessage>): string {
  try {
    checkMessage({ ...plain, ...change });
    return "accepted";
  } catch (error) {
    if (error instanceof InvalidMessageError) return error.code;
    throw error;
  }
}

describe("checkMessage", () => {
  test("hands addresses on as ready-made mailboxes", () => {
    const checked = checkMessage({
      ...plain,
      to: ["ada@example.com", "Bob.O'Neil+x@Example.COM"],
      from: "Rekey <no-reply@example.com>",
      replyTo: '"Help, please" <help@example.com>',
    });
    expect(checked.to).toEqual([
      { name: "", address: "ada@example.com" },
      { name: "", address: "Bob.O'Neil+x@example.com" },
    ]);
    expect(checked.from).toEqual({ name: "Rekey", address: "no-reply@example.com" });
    expect(checked.replyTo).toEqual({ name: "Help, please", address: "help@example.com" });
  });

  test("writes an internationalised domain in ASCII", () => {
    expect(checkMessage({ ...plain, to: "ada@bücher.example" }).to[0]?.address).toBe(
      "ada@xn--bcher-kva.example",
    );
  });

  test.each([
    ["two addresses in one string", "a@example.com, b@example.com"],
    ["two addresses without a space", "a@example.com,b@example.com"],
    ["a semicolon list", "a@example.com;b@example.com"],
    ["a group", "all: a@example.com;"],
    ["a display name", "Ada <ada@example.com>"],
    ["a quoted local part", '"a@evil.example x"@example.com'],
    ["two at signs", "a@evil.example@example.com"],
    ["a comment", "ada(hi)@example.com"],
    ["a route", "<@evil.example:ada@example.com>"],
    ["an address literal", "ada@[127.0.0.1]"],
    ["an IP address for a domain", "ada@127.0.0.1"],
    ["spaces around", " ada@example.com"],
    ["an SMTP parameter", "ada@example.com> SIZE=1"],
    ["no local part", "@example.com"],
    ["no domain", "ada@"],
    ["neither", ""],
    ["dots in a row", "a..b@example.com"],
    ["an empty label", "ada@example..com"],
    ["a full-width look-alike", "ada@ｅxample.com"],
    ["a local part over 64 bytes", `${"a".repeat(65)}@example.com`],
  ])("refuses %s", (_what, to) => {
    expect(refusal({ to })).toBe("MALFORMED_ADDRESS");
  });

  test("takes 254 bytes of address and no more", () => {
    const domain = (length: number) => `${"a.".repeat(120)}${"b".repeat(length)}`;
    expect(refusal({ to: `1234567@${domain(6)}` })).toBe("accepted");
    expect(refusal({ to: `12345678@${domain(6)}` })).toBe("ADDRESS_TOO_LONG");
  });

  test("refuses a mail to nobody", () => {
    expect(refusal({ to: [] })).toBe("NO_RECIPIENT");
  });

  test.each([
    ["subject", { subject: "Hello\r\nBcc: eve@example.com" }],
    ["to", { to: "ada@example.com\r\nRCPT TO:<eve@example.com>" }],
    ["one of several recipients", { to: ["ada@example.com", "eve@example.com\0"] }],
    ["from", { from: "Rekey\nBcc: eve@example.com <a@example.com>" }],
    ["replyTo", { replyTo: "a@example.com\u0085" }],
    ["a header's value", { headers: { "X-Job": "1\rBcc: eve@example.com" } }],
    ["a header's name", { headers: { "X-Job\r\nBcc": "eve@example.com" } }],
    ["a lone surrogate", { subject: "\ud800" }],
    ["a line separator", { subject: "a\u2028b" }],
  ])("refuses a control character in %s", (_where, change) => {
    expect(refusal(change)).toBe("CONTROL_CHARACTER");
  });

  test.each(["Bcc", "to", "Content-Type", "MIME-Version", "Message-ID", "Sender", "Resent-To"])(
    "refuses %s among the further headers",
    (name) => {
      expect(refusal({ headers: { [name]: "eve@example.com" } })).toBe("RESERVED_HEADER");
    },
  );

  test("refuses a header name with a colon or a space", () => {
    expect(refusal({ headers: { "X: y": "z" } })).toBe("MALFORMED_HEADER");
  });

  test("says what is wrong without printing the control character", () => {
    expect(() => checkMessage({ ...plain, subject: "a\nb" })).toThrow(
      'The subject has a line break or another control character in it: "a\\nb"',
    );
  });

  test("lets no control character into any header, whatever the input", () => {
    const control = fc.constantFrom("\r\n", "\n", "\0", "\t", "\u007f", "\u0085", "\u2028");
    const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
    const calm = fc.string({ unit: fc.constantFrom("a", "é", " ", "-", "."), maxLength: 12 });
    const nasty = fc.tuple(calm, fc.oneof(control, anyCharacter, calm), calm);
    const anything = fc.oneof(
      calm,
      nasty.map((parts) => parts.join("")),
    );
    const mailbox = anything.map((name) => `${name} <a@b.c>`);
    const changes = fc.record({ subject: anything, from: mailbox, replyTo: mailbox });
    const headers = fc.dictionary(
      anything.map((name) => `X-${name}`),
      anything,
      { maxKeys: 1 },
    );
    let accepted = 0;
    fc.assert(
      fc.property(changes, headers, (change, headers) => {
        if (refusal({ ...change, headers }) !== "accepted") return true;
        accepted += 1;
        const { text: _, html: __, ...checked } = checkMessage({ ...plain, ...change, headers });
        return !stringsIn(checked).some((text) => /[\p{Cc}\u2028\u2029]/u.test(text));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test("finds one mailbox, and nothing else, in every address it accepts", () => {
    const special = fc.constantFrom(
      "@",
      ",",
      ";",
      "<",
      ">",
      '"',
      " ",
      "(",
      "[",
      ":",
      "\\",
      "ü",
      "。",
    );
    const unit = fc.oneof({ weight: 9, arbitrary: fc.constantFrom("a", "b", ".", "-") }, special);
    const part = fc.string({ unit, minLength: 1, maxLength: 8 });
    let accepted = 0;
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const to = `${local}@${domain}`;
        if (refusal({ to }) !== "accepted") return true;
        accepted += 1;
        const [mailbox] = checkMessage({ ...plain, to }).to;
        return /^[a-z.-]+@[a-z0-9.-]+$/.test(mailbox?.address ?? "");
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

/** Every key and string value in `value`, however deep. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

describe("parseMailbox", () => {
  test.each([
    ["a@b.c", "", "a@b.c"],
    ["<a@b.c>", "", "a@b.c"],
    ["Rekey Inc. (staging) <a@b.c>", "Rekey Inc. (staging)", "a@b.c"],
    ['"Re\\"key" <a@b.c>', 'Re"key', "a@b.c"],
    ["Zoë 🔑 <root@localhost>", "Zoë 🔑", "root@localhost"],
  ])("reads %s", (text, name, address) => {
    expect(parseMailbox(text, "from")).toEqual({ name, address });
  });

  test.each([
    "x@y.z, Rekey <a@b.c>",
    "Rekey: x <a@b.c>",
    '"a"b" <a@b.c>',
    "<a@b.c> <d@e.f>",
    "a@b.c>",
  ])("refuses %s", (text) => {
    expect(() => parseMailbox(text, "from")).toThrow(InvalidMessageError);
  });
});

describe("messageIdFor", () => {
  test("is the same for the same job, in the sender's domain", () => {
    expect(messageIdFor("0198-ab", "Rekey <no-reply@example.com>")).toBe("<0198-ab@example.com>");
  });

  test.each(["", "a b", "a@b", "a>\r\nBcc: x", "a..b"])("refuses %j for a job id", (id) => {
    expect(() => messageIdFor(id, "a@example.com")).toThrow(InvalidMessageError);
  });
});
