import fc from "fast-check";
import { expect, test } from "vitest";
import { knownTimeZone } from "./time-zone.ts";

const supported = Intl.supportedValuesOf("timeZone");

test.each(supported)("%s is known", (name) => {
  expect(knownTimeZone(name)).toBe(name);
});

test.each([
  ["europe/berlin", "Europe/Berlin"],
  ["Asia/Kolkata", knownTimeZone("Asia/Calcutta")],
  ["US/Eastern", "America/New_York"],
  ["utc", "UTC"],
])("%s has another spelling: %s", (name, own) => {
  expect(knownTimeZone(name)).toBe(own);
});

test.each([
  null,
  undefined,
  "",
  "+05:30",
  "Europe/Berlin ",
  "Europe/Atlantis",
  "Europe/Berlin\r\nBcc: eve@evil.example",
  "Europe/\u212Aiev",
  "../../etc/passwd",
  "__proto__",
  "a".repeat(100_000),
])("%j is none", (name) => {
  expect(knownTimeZone(name)).toBeNull();
});

test("nothing but a zone that Intl knows comes out, whatever went in", () => {
  const part = fc.constantFrom(...supported.flatMap((name) => name.split("/")));
  const alike = fc.array(fc.oneof(part, fc.string()), { maxLength: 4 }).map((all) => all.join("/"));
  const input = fc.oneof(fc.string({ unit: "binary" }), alike, fc.constantFrom(...supported));
  fc.assert(
    fc.property(input, (name) => {
      const zone = knownTimeZone(name);
      if (zone === null) return;
      expect(zone).toMatch(/^[\w+/-]{1,48}$/);
      const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
      expect(zone).toBe(timeZone);
    }),
    { numRuns: 2_000 },
  );
});
