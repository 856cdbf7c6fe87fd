import { expect, it } from "vitest";
import { ownWords } from "./own-words.ts";

it("takes what a person told apart and puts it together", () => {
  expect(ownWords(["Ada Lovelace", "ada.l@example.com"])).toEqual([
    "Ada Lovelace",
    "AdaLovelace",
    "Ada",
    "Lovelace",
    "ada.l@example.com",
    "adalexamplecom",
    "ada",
    "example",
    "com",
    "ada.l",
    "adal",
    "example.com",
    "examplecom",
  ]);
});

it("takes names of any script, and neither nothing nor a single letter", () => {
  expect(ownWords(["王芳", "Ærø-Łódź", "", "x", "a•••@b.c"])).toEqual([
    "王芳",
    "Ærø-Łódź",
    "ÆrøŁódź",
    "Ærø",
    "Łódź",
    "a•••@b.c",
    "abc",
    "a•••",
    "b.c",
    "bc",
  ]);
});
