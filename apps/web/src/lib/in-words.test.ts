import { expect, it } from "vitest";
import { inWords } from "./in-words.ts";

it("says a span of time in one unit", () => {
  expect(inWords({ seconds: 1, round: "up" }, "en")).toBe("1 second");
  expect(inWords({ seconds: 59, round: "up" }, "en")).toBe("59 seconds");
  expect(inWords({ seconds: 60, round: "down" }, "en")).toBe("1 minute");
  expect(inWords({ seconds: 600, round: "down" }, "en")).toBe("10 minutes");
  expect(inWords({ seconds: 7200, round: "down" }, "en")).toBe("2 hours");
});

it("rounds a wait up and a promise down", () => {
  expect(inWords({ seconds: 61, round: "up" }, "en")).toBe("2 minutes");
  expect(inWords({ seconds: 119, round: "down" }, "en")).toBe("1 minute");
  expect(inWords({ seconds: 0, round: "up" }, "en")).toBe("1 second");
});

it("says it in the language of the page", () => {
  expect(inWords({ seconds: 600, round: "down" }, "de")).toBe("10 Minuten");
  expect(inWords({ seconds: 120, round: "down" }, "ar")).toBe("دقيقتان");
});
