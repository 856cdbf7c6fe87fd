import { expect, test } from "vitest";
import { clockFormat } from "./formats.ts";

test("a formatter is made once, and what was not used for long is let go", () => {
  const first = clockFormat("en", "UTC");
  const [one, ...zones] = Intl.supportedValuesOf("timeZone").slice(0, 200);
  const used = clockFormat("en", String(one));
  for (const zone of zones) {
    clockFormat("en", zone);
    expect(clockFormat("en", String(one))).toBe(used);
  }
  expect(clockFormat("en", "UTC")).not.toBe(first);
});
