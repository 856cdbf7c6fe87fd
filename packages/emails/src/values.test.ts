import { describe, expect, test } from "vitest";
import { lines, link, name, text } from "./values.ts";

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
    expect(text(value)).toBe(expected);
  });

  test.each(["Zoë Ångström", "מרים", "نور", "李小龍", "👩‍💻", "<b>&\"'", "$&", "{{url}}", "a  b"])(
    "%s stays as it is",
    (value) => {
      expect(text(value)).toBe(value);
    },
  );
});

describe("a name", () => {
  test.each([
    "Win at evil.example",
    "https://evil.example/x",
    "www.evil.example",
    "a@evil.example",
  ])("%s reads the same but holds no address to link", (value) => {
    expect(name(value).replaceAll("\u200b", "")).toBe(value);
    expect(name(value)).not.toMatch(/\w\.\w{2}|:\/\//);
  });

  test.each(["Ada Example", "J.R.R. Tolkien", "Dr. Who", "O'Brien: Jr"])(
    "%s is untouched",
    (value) => {
      expect(name(value)).toBe(value);
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
