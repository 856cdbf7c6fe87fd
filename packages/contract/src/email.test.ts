import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailSchema, mailboxKey, maskMailbox, parseMailbox } from "./email.ts";

describe("one mailbox is read as it stands", () => {
  test.each([
    ["ada@example.com", "ada@example.com"],
    ["a@b.c", "a@b.c"],
    ["Ada.Lovelace+news@Example.COM", "Ada.Lovelace+news@Example.COM"],
    ["o'brien!#$%&*/=?^_`{|}~-@sub.example.co.uk", "o'brien!#$%&*/=?^_`{|}~-@sub.example.co.uk"],
    ["ada@münchen.example", "ada@xn--mnchen-3ya.example"],
    ["ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"],
    ["ada@xn--mnchen-3ya.example", "ada@xn--mnchen-3ya.example"],
  ])("%s", (typed, carried) => {
    expect(parseMailbox(typed)).toBe(carried);
  });
});

describe("anything else is refused", () => {
  test.each([
    ["nothing", ""],
    ["no domain", "ada@"],
    ["no local part", "@example.com"],
    ["two addresses", "ada@example.com,eve@evil.example"],
    ["two signs", "ada@example.com@evil.example"],
    ["a display name", "Ada <ada@example.com>"],
    ["a comment", "ada(comment)@example.com"],
    ["a quoted local part", '"ada@evil.example"@example.com'],
    ["a route", "@evil.example:ada@example.com"],
    ["a percent route in the domain", "ada@evil.example%example.com"],
    ["an IP literal", "ada@[127.0.0.1]"],
    ["an IP address", "ada@127.0.0.1"],
    ["a shortened IP address", "ada@127.1"],
    ["a host without a dot", "ada@localhost"],
    ["a leading dot", ".ada@example.com"],
    ["two dots", "ada..b@example.com"],
    ["a line break", "ada@example.com\nbcc: eve@evil.example"],
    ["a trailing space", "ada@example.com "],
    ["a NUL", "ada\0@example.com"],
    ["a full-width sign", "ada＠example.com"],
    ["full-width letters", "ada@ｅxample.com"],
    ["an ideographic full stop", "ada@example。com"],
    ["a Kelvin sign", "ada@\u212aelvin.example"],
    ["a soft hyphen", "ada@exam\u00adple.com"],
    ["letters beyond ASCII in the local part", "ädä@example.com"],
    ["255 bytes", `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(58)}.com`],
    ["a local part of 65", `${"a".repeat(65)}@example.com`],
  ])("%s", (_what, typed) => {
    expect(parseMailbox(typed)).toBeNull();
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });

  test("100 kB of parentheses", () => {
    expect(parseMailbox(`${"(".repeat(100_000)}a@b.c`)).toBeNull();
  });
});

test("whatever is accepted is one ASCII mailbox that reads as itself again", () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" })), (typed) => {
      const mailbox = parseMailbox(typed);
      if (mailbox === null) return;
      expect(mailbox).toMatch(/^[\x21-\x7e]+@[a-zA-Z0-9.-]+$/);
      expect(mailbox).not.toMatch(/[\s,;<>()[\]"\\:]/);
      expect(mailbox.length).toBeLessThanOrEqual(254);
      expect(parseMailbox(mailbox)).toBe(mailbox);
    }),
  );
});

test("matching folds ASCII letters and nothing else", () => {
  expect(mailboxKey("ADA@Example.COM")).toBe("ada@example.com");
  expect(mailboxKey("ada@\u212aelvin.example")).toBe("ada@\u212aelvin.example");
  expect(mailboxKey("İı")).toBe("İı");
});

test("a masked address shows its first character and its domain", () => {
  expect(maskMailbox("ada@example.com")).toBe("a•••@example.com");
  expect(maskMailbox("a@example.com")).toBe("a•••@example.com");
});
