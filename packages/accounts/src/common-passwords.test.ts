import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { isCommonPassword } from "./common-passwords.ts";

test.each([
  "123456",
  "password",
  "password1",
  "Password1!",
  "qwerty123",
  "iloveyou",
  "P@ssw0rd",
  "letmein",
  "TRUSTNO1",
  "1qaz2wsx",
  "00000000",
  // Full-width digits are typed by keyboards that are set to Japanese.
  "１２３４５６７８",
])("%s is refused", (password) => {
  expect(isCommonPassword(password, [])).toBe(true);
});

test.each([
  "correct horse battery staple",
  "Blue-Otter-71-walks-far",
  "",
  "\n",
  "123456\n",
  "🦦🦦🦦🦦🦦🦦🦦🦦",
])("%j is not", (password) => {
  expect(isCommonPassword(password, [])).toBe(false);
});

test("nothing that another well-kept list has, 49,000 entries, is missing", () => {
  const words = dictionary["passwords-common"].map(String);
  expect(words.length).toBeGreaterThan(49_000);
  expect(words.filter((word) => !isCommonPassword(word, []))).toEqual([]);
});

test("what the owner or the service is called is refused in every letter case", () => {
  const own = ["ada.lovelace@example.com", "ada.lovelace", "Ada Lovelace", "rekey"];
  for (const password of ["ADA.LOVELACE@EXAMPLE.COM", "Ada.Lovelace", "ada lovelace", "ReKey"]) {
    expect(isCommonPassword(password, own)).toBe(true);
  }
  expect(isCommonPassword("ada lovelace of london", own)).toBe(false);
});
