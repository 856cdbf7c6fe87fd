import { expect, it } from "vitest";
import { inWords } from "./in-words.ts";

it("says a span of time in one unit", () => {
  expect(inWords(1, "up")).toBe("1 second");
  expect(inWords(59, "up")).toBe("59 seconds");
  expect(inWords(60, "down")).toBe("1 minute");
  expect(inWords(600, "down")).toBe("10 minutes");
  expect(inWords(7200, "down")).toBe("2 hours");
});

it("rounds a wait up and a promise down", () => {
  expect(inWords(61, "up")).toBe("2 minutes");
  expect(inWords(119, "down")).toBe("1 minute");
  expect(inWords(0, "up")).toBe("1 second");
});
