import { expect, test } from "vitest";
import { chooseLocale, directionOf, isLocale, locales } from "./locales.ts";

test("every language is found by its own tag", () => {
  for (const locale of locales) expect(chooseLocale([locale])).toBe(locale);
});

test.each([
  [["pt-BR", "en"], "pt-BR"],
  [["pt"], "pt-BR"],
  [["pt-PT"], "pt-BR"],
  [["zh"], "zh-Hans"],
  [["zh-CN"], "zh-Hans"],
  [["zh-SG"], "zh-Hans"],
  [["zh-Hant-TW"], null],
  [["zh-TW", "fr"], "fr"],
  [["zh-HK"], null],
  [["de-AT"], "de"],
  [["AR-eg"], "ar"],
  [["tlh", "fr-CH"], "fr"],
  [["*", "not a tag!", "de"], "de"],
  [["tlh", "*"], null],
  [[], null],
])("a reader who wants %j gets %s", (wanted, found) => {
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
