import { expect, test } from "vitest";
import { rankSum } from "./rank-sum.ts";

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

test("samples that do not overlap are as far apart as their size allows", () => {
  expect(rankSum(numbers(100, 20), numbers(0, 20))).toBeCloseTo(5.41, 2);
  expect(rankSum(numbers(0, 20), numbers(100, 20))).toBeCloseTo(-5.41, 2);
});

test("samples that are alike, or all the same, are not apart", () => {
  expect(rankSum([1, 4, 5, 8], [2, 3, 6, 7])).toBe(0);
  expect(rankSum([3, 3, 3], [3, 3])).toBe(0);
});

test("equal values share their rank (worked out by hand)", () => {
  // Ranks 1, 2.5, 5 and 2.5, 4, 6: a sum of 8.5 where 10.5 is expected, in deviations of 2.27.
  expect(rankSum([1, 2, 4], [2, 3, 5])).toBeCloseTo(-0.886, 3);
});

test("one stall of any length moves it no more than one slow answer does", () => {
  const slow = [...numbers(0, 19), 1_000_000];
  const slower = [...numbers(0, 19), 1_000_000_000];
  expect(rankSum(slow, numbers(0, 20))).toBe(rankSum(slower, numbers(0, 20)));
});
