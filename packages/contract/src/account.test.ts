import fc from "fast-check";
import { expect, test } from "vitest";
import { nameSchema } from "./account.ts";

const nasty = fc.constantFrom(
  ..."<>&\"'{}[]()%$;:,\\/|`~^ \t\r\n\0",
  "\u0085",
  "\u00a0",
  "\u200f",
  "\u2028",
  "\u2029",
  "\u202a",
  "\u202e",
  "\u2066",
  "\u2069",
  "\ud800",
  "\u007f",
  "\ufeff",
  "é",
  "李",
  "👩‍💻",
);
const typed = fc.oneof(
  fc.string({ unit: nasty, maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 150 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

test("an accepted name is one line, runs one way, is at most 100 long and reads as itself again", () => {
  fc.assert(
    fc.property(typed, (text) => {
      const read = nameSchema.safeParse(text);
      if (!read.success) return;
      const name = read.data;
      expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      expect(name.isWellFormed()).toBe(true);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).toBe(name.trim());
      expect(text).toContain(name);
      expect(nameSchema.parse(name)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

test("what is refused is refused with a sentence, whatever it is", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = nameSchema.safeParse(value);
      if (read.success) expect(typeof value).toBe("string");
      else expect(read.error.issues[0]?.message).toMatch(/^(Enter|Use|Your) /);
    }),
  );
});
