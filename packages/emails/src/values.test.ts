import { describe, expect, test } from "vitest";
import { defaultReader as english } from "./reader.ts";
import { clock, count, lines, link, moment, name, optional, plural, text } from "./values.ts";

const arabic = { ...english, locale: "ar" } as const;

describe("a line of text", () => {
  test.each([
    ["a line break", "Ada\nBcc: eve@evil.example", "Ada Bcc: eve@evil.example"],
    ["a CRLF", "Ada\r\n\r\nClick here", "Ada Click here"],
    ["a line separator", "Ada\u2028Click\u2029here\u0085now", "Ada Click here now"],
    ["NUL and escape", "A\0da\u001b[31m", "A da [31m"],
    ["a direction override", "Ada \u202egro.live\u202c", "Ada gro.live"],
    ["half a surrogate pair", "Ada\ud83d", "Ada\ufffd"],
    ["space around", "  Ada Example \n", "Ada Example"],
  ])("%s cannot break it", (_, value, expected) => {
    expect(text(value, english)).toBe(expected);
  });

  test.each(["Zoë Ångström", "李小龍", "👩‍💻", "<b>&\"'", "$&", "{{url}}", "a  b"])(
    "%s stays as it is",
    (value) => {
      expect(text(value, english)).toBe(value);
    },
  );
});

test("a line that would fill the page is cut, between characters", () => {
  expect(text("a".repeat(10_000), english)).toBe(`${"a".repeat(300)}…`);
  expect(text("🔑".repeat(400), english)).toBe(`${"🔑".repeat(300)}…`);
  expect(text("🔑".repeat(300), english)).toBe("🔑".repeat(300));
});

test("what runs against the direction of the mail is kept from reordering it", () => {
  expect(text("מרים 7", english)).toBe("\u2068מרים 7\u2069");
  expect(name("Ada", arabic)).toBe("\u2068Ada\u2069");
  expect(text("نور", arabic)).toBe("نور");
  expect(text("198.51.100.7", arabic)).toBe("198.51.100.7");
});

describe("a name", () => {
  test.each([
    "Win at evil.example",
    "https://evil.example/x",
    "www.evil.example",
    "a@evil.example",
  ])("%s reads the same but holds no address to link", (value) => {
    expect(name(value, english).replaceAll("\u200b", "")).toBe(value);
    expect(name(value, english)).not.toMatch(/\w\.\w{2}|:\/\//);
  });

  test.each(["Ada Example", "J.R.R. Tolkien", "Dr. Who", "O'Brien: Jr"])(
    "%s is untouched",
    (value) => {
      expect(name(value, english)).toBe(value);
    },
  );
});

test("several lines keep their breaks and indentation, and no other control characters", () => {
  expect(lines("Error: no\r\n    at x\n\tat y\rend\0\u202e")).toBe(
    "Error: no\n    at x\n\tat y\nend ",
  );
});

describe("a link", () => {
  test.each(["https://rekey.example/a?b=1&c=2#token=x.y-z_", "http://localhost:3000/sign-in"])(
    "%s stays as it is",
    (value) => {
      expect(link(value)).toBe(value);
    },
  );

  test.each([
    "",
    "/sign-in",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://a.example/ b",
    "https://a.example/\nb",
  ])("%j is refused without being repeated", (value) => {
    expect(() => link(value)).toThrow(/^A link in a mail must (?:not|be) [a-z ]+$/);
  });
});

test("times are given in the reader's language and time zone, which is named", () => {
  const at = new Date("2026-11-25T23:04:59Z");
  expect(clock(at, english)).toBe("23:04 UTC");
  expect(moment(at, english)).toBe("November 25, 2026 at 23:04 UTC");
  expect(moment(at, { locale: "de", timeZone: "Europe/Berlin" })).toBe(
    "26. November 2026 um 00:04 MEZ",
  );
  expect(moment(at, { locale: "ja", timeZone: "UTC" })).toBe("2026年11月25日 23:04 UTC");
});

test("numbers are written, and counted, as the language does", () => {
  expect(count(1234, { ...english, locale: "de" })).toBe("1.234");
  expect([1, 2, 3, 11, 100].map((value) => plural(value, arabic))).toEqual([
    "one",
    "two",
    "few",
    "many",
    "other",
  ]);
});

test("a value that is not there is empty, and one of nothing but space is not there", () => {
  expect(optional(text, null, english)).toBe("");
  expect(optional(text, " \n", english)).toBe("");
  expect(optional(text, "x", english)).toBe("x");
});
