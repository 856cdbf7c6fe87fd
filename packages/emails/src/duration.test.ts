import { expect, test } from "vitest";
import { durationInWords } from "./duration.ts";

test.each([
  [1, "1 second"],
  [2, "2 seconds"],
  [59, "59 seconds"],
  [60, "1 minute"],
  [90, "90 seconds"],
  [120, "2 minutes"],
  [600, "10 minutes"],
  [3_600, "1 hour"],
  [5_400, "90 minutes"],
  [86_400, "24 hours"],
  [172_800, "2 days"],
])("%d seconds are %s", (seconds, words) => {
  expect(durationInWords(seconds, "en")).toBe(words);
});

test.each([
  ["de", "10 Minuten"],
  ["fr", "10 minutes"],
  ["es", "10 minutos"],
  ["pt-BR", "10 minutos"],
  ["ja", "10 分"],
  ["zh-Hans", "10分钟"],
  ["ar", "10 دقائق"],
] as const)("in %s, 600 seconds are %s", (locale, words) => {
  expect(durationInWords(600, locale)).toBe(words);
});

test("odd seconds are rounded down, never up", () => {
  expect(durationInWords(605, "en")).toBe("10 minutes");
  expect(durationInWords(659.9, "en")).toBe("10 minutes");
  expect(durationInWords(119.9, "en")).toBe("119 seconds");
});

test.each([0, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])("%d is refused", (seconds) => {
  expect(() => durationInWords(seconds, "en")).toThrow(RangeError);
});
