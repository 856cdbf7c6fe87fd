import { expect, test } from "vitest";
import { median, percentile, ratios } from "./statistics.ts";

test("a percentile is one of the values measured", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile(values, 1)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
});

test("the median of an even number of values lies between the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 2])).toBe(3.5);
});

test("each round is compared with the floor of the same round", () => {
  expect(ratios([10, 30], [20, 40])).toEqual([0.5, 0.75]);
});
