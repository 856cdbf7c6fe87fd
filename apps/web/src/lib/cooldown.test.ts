import { expect, it } from "vitest";
import { secondsLeft } from "./cooldown.ts";

it("counts whole seconds down to nothing", () => {
  expect(secondsLeft(1000, 60, 1000)).toBe(60);
  expect(secondsLeft(1000, 60, 1001)).toBe(60);
  expect(secondsLeft(1000, 60, 2000)).toBe(59);
  expect(secondsLeft(1000, 60, 60_999)).toBe(1);
  expect(secondsLeft(1000, 60, 61_000)).toBe(0);
  expect(secondsLeft(1000, 60, 900_000)).toBe(0);
});

it("never waits when there is no cooldown", () => {
  expect(secondsLeft(1000, 0, 1000)).toBe(0);
});

it("waits no longer than the cooldown when the clock was set back", () => {
  expect(secondsLeft(500_000, 60, 1000)).toBe(60);
});
