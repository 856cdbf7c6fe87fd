import fc from "fast-check";
import { expect, test } from "vitest";
import { codeSchema, inGroups, parseCode } from "./code.ts";

test.each([
  "12345678",
  "1234 5678",
  " 1234\u00a05678\n",
  "1234-5678",
  "1234–5678",
  "1234−5678",
  "12.34.56.78",
  "１２３４　５６７８",
  "١٢٣٤ ٥٦٧٨",
  "۱۲۳۴۵۶۷۸",
  "\u20661234 5678\u2069",
  "1\u200b2345678",
])("%j is read as 12345678", (typed) => {
  expect(parseCode(typed)).toBe("12345678");
  expect(codeSchema.parse(typed)).toBe("12345678");
});

test.each([
  "",
  "1234567",
  "123456789",
  "1234567a",
  "1234 567O",
  "+12345678",
  "½2345678",
  "0".repeat(101),
])("%j is no code", (typed) => {
  expect(parseCode(typed)).toBeNull();
  expect(codeSchema.safeParse(typed).success).toBe(false);
});

test("whatever is typed comes out as eight ASCII digits or not at all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) => {
      expect(parseCode(typed) ?? "00000000").toMatch(/^[0-9]{8}$/);
    }),
  );
});

test("the groups of a code read back as the code", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (number) => {
      const code = String(number).padStart(8, "0");
      expect(inGroups(code)).toMatch(/^\d{4} \d{4}$/);
      expect(parseCode(inGroups(code))).toBe(code);
    }),
  );
});
