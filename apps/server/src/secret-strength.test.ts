import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { guessableBecause } from "./secret-strength.ts";

test.each([
  ["hex of 16 bytes", () => randomBytes(16).toString("hex")],
  ["hex of 32 bytes", () => randomBytes(32).toString("hex")],
  ["base64 of 24 bytes", () => randomBytes(24).toString("base64")],
  ["base64 of 32 bytes", () => randomBytes(32).toString("base64")],
  ["base64url of 48 bytes", () => randomBytes(48).toString("base64url")],
  ["UUIDs", () => crypto.randomUUID()],
])("random keys pass as %s", (_as, make) => {
  const refused = Array.from({ length: 500 }, make).filter((key) => guessableBecause(key) !== null);
  // Of some ten thousand random ones a single one looks like a pattern.
  expect(refused.length).toBeLessThanOrEqual(1);
});

test.each([
  "k".repeat(40),
  "0".repeat(32),
  "abcabcabcabcabcabcabcabcabcabcabcabc",
  "aB3$aB3$aB3$aB3$aB3$aB3$aB3$aB3$aB3$",
  "1111111111222222222233333333334444444444",
  "0123456789abcdef0123456789abcdef",
  "abcdefghijklmnopqrstuvwxyz123456",
  "zyxwvutsrqponmlkjihgfedcba0987654321",
  "qwertyuiopasdfghjklzxcvbnm123456",
  "test-key-test-key-test-key-test-key",
  "changeme_changeme_changeme_changeme_",
  "password1234567890password1234567890",
  "deadbeefdeadbeefdeadbeefdeadbeef",
])("%s follows a pattern", (key) => {
  expect(guessableBecause(key)).toMatch(/pattern/);
});

test.each([
  "this-is-a-very-secret-key-for-rekey-please",
  "my-secret-key-change-me-in-production!!",
  "ChangeThisToSomethingRandomInProduction",
  "YOUR_SECRET_KEY_HERE_AT_LEAST_32_BYTES",
  "replace this with a long random string please",
  "dev-only-insecure-secret-key-do-not-use",
  "Passwort-fuer-die-Produktion-bitte-aendern",
  "una clave muy secreta para la produccion",
])("%s is made of words", (key) => {
  expect(guessableBecause(key)).toMatch(/words/);
});
