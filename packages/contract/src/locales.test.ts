import { expect, test } from "vitest";
import { chooseLocale, directionOf, isLocale, locales } from "./locales.ts";

test("every language is found by its own tag", () => {
  for (const locale of locales) expect(chooseLocale([locale])).toBe(locale);
});

test.each([
  [["pt-BR", "en"], "pt"],
  [["zh-Hant-TW"], "zh-Hans"],
  [["tlh", "fr-CH"], "fr"],
  [["*", "not a tag!", "de"], "de"],
  [["tlh", "*"], null],
  [[], null],
])("of %j the reader gets %s", (wanted, found) => {
  expect(chooseLocale(wanted)).toBe(found);
});

test("only Arabic runs from right to left", () => {
  expect(locales.filter((locale) => directionOf(locale) === "rtl")).toEqual(["ar"]);
});

test("a tag that is none of ours is no locale", () => {
  expect(isLocale("de")).toBe(true);
  expect(isLocale("de-AT")).toBe(false);
  expect(isLocale(undefined)).toBe(false);
});
