import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameSchema } from "./account.ts";
import { passwordShapeProblem } from "./password.ts";
import { isVisible } from "./visible.ts";

/** One of every kind of character that is drawn as nothing, or only on another one. */
const invisible = {
  space: " ",
  "no-break space": "\u00a0",
  "ideographic space": "\u3000",
  "ogham space": "\u1680",
  tab: "\t",
  NUL: "\0",
  "line separator": "\u2028",
  "zero-width space": "\u200b",
  "zero-width joiner": "\u200d",
  "byte order mark": "\ufeff",
  "soft hyphen": "\u00ad",
  "word joiner": "\u2060",
  "right-to-left mark": "\u200f",
  "Mongolian vowel separator": "\u180e",
  "Hangul filler": "\u3164",
  "half-width Hangul filler": "\uffa0",
  "Hangul choseong filler": "\u115f",
  "Hangul jungseong filler": "\u1160",
  "Khmer inherent vowel": "\u17b4",
  "braille blank": "\u2800",
  "combining acute accent": "\u0301",
  "combining grapheme joiner": "\u034f",
  "variation selector": "\ufe0f",
  "variation selector supplement": "\u{e0100}",
  "Mongolian variation selector": "\u180b",
  "tag letter": "\u{e0041}",
  "musical format character": "\u{1d173}",
  "null notehead": "\u{1d159}",
  "Khitan filler": "\u{16fe4}",
  "blank hieroglyph": "\u{13441}",
  "object replacement character": "\ufffc",
  "unassigned and ignorable": "\u{e0fff}",
  noncharacter: "\uffff",
};

const visible = [
  "a",
  "7",
  "-",
  "é",
  "李",
  "م",
  "अ",
  "👩",
  "€",
  "♪",
  "´",
  "\u2801",
  "한",
  "\u3164a",
];

describe.each(Object.entries(invisible))("%s", (_kind, character) => {
  test("is neither a name nor a password, however often it is repeated", () => {
    expect(isVisible(character.repeat(8))).toBe(false);
    expect(nameSchema.safeParse(character.repeat(8)).success).toBe(false);
    const password = character.repeat(40);
    expect(passwordShapeProblem(password, { minLength: 8 })).toMatch(/^PASSWORD_TOO_/);
  });
});

test("no mixture of invisible characters can be seen, and one visible character is enough", () => {
  const blank = fc.string({ unit: fc.constantFrom(...Object.values(invisible)), maxLength: 60 });
  fc.assert(
    fc.property(blank, blank, fc.constantFrom(...visible), (before, after, character) => {
      expect(isVisible(before + after)).toBe(false);
      expect(isVisible(before + character + after)).toBe(true);
    }),
  );
});

test("whatever Unicode says may be ignored, or is a space, cannot be seen", () => {
  const ignored = /[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/u;
  for (let point = 0; point <= 0x10ffff; point++) {
    const character = String.fromCodePoint(point);
    if (ignored.test(character) && isVisible(character)) throw new Error(point.toString(16));
  }
});

test("a password keeps its blanks as long as something in it can be seen", () => {
  const policy = { minLength: 8 };
  expect(passwordShapeProblem("       a", policy)).toBeNull();
  expect(passwordShapeProblem(" ".repeat(8), policy)).toBe("PASSWORD_TOO_COMMON");
  expect(passwordShapeProblem("\0".repeat(8), policy)).toBe("PASSWORD_TOO_COMMON");
  // NFKC turns each of these into a space and a combining mark; they can be seen all the same.
  expect(passwordShapeProblem("¨´¸¨´¸¨´", policy)).toBeNull();
});
