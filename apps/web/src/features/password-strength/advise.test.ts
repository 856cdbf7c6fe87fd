import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import { describe, expect, it } from "vitest";
import { createAdvise } from "./advise.ts";
import { ownWords } from "./own-words.ts";

const own = ownWords(["Ada Example", "ada@post.example", "Rekey"]);
const byCommonWords = createAdvise(common.dictionary, common.adjacencyGraphs);
const advise = createAdvise(
  { ...common.dictionary, ...english.dictionary },
  common.adjacencyGraphs,
);

describe("advice on a password", () => {
  it.each([
    ["password1234", "strength.easy", "strength.moreWords"],
    ["internationalization", "strength.easy", "strength.moreWords"],
    ["P@ssw0rd!", "strength.easy", "strength.moreWords"],
    ["12.05.1987", "strength.easy", "strength.dates"],
    ["aaaaaaaaaa", "strength.easy", "strength.repeats"],
    ["abcabcabcabc", "strength.easy", "strength.repeats"],
    ["abcdefgh", "strength.easy", "strength.sequences"],
    ["uhbvgytf", "strength.fair", "strength.keyboard"],
    ["Thompson1985", "strength.easy", "strength.names"],
    ["AdaExample1", "strength.easy", "strength.own"],
    ["rekey2026", "strength.easy", "strength.own"],
    ["quietlantern", "strength.fair", "strength.moreWords"],
    ["xK9#mQ2$vL", "strength.good", null],
    ["Quiet+Lantern+over+9+hills", "strength.strong", null],
    ["correct horse battery staple", "strength.strong", null],
  ])("of %s is %s, %s", (password, verdict, suggestion) => {
    expect(advise(password, own)).toMatchObject({ verdict, suggestion });
  });

  it("has a level that rises with the verdict", () => {
    const passwords = ["password1234", "quietlantern", "xK9#mQ2$vL", "Quiet+Lantern+over+9+hills"];
    expect(passwords.map((password) => advise(password, own).level)).toEqual([1, 2, 3, 4]);
  });

  it("knows a person's own words only of that person", () => {
    expect(advise("AdaExample1", []).verdict).not.toBe("strength.easy");
  });

  it("is on the first 64 characters", () => {
    const tail = "Quiet+Lantern+over+9+hills";
    expect(advise("a".repeat(64 - tail.length) + tail, own).verdict).toBe("strength.strong");
    expect(advise("a".repeat(64) + tail, own).verdict).toBe("strength.easy");
  });

  it("comes of the common words alone where a language's are not there", () => {
    expect(byCommonWords("password1234", own).verdict).toBe("strength.easy");
    expect(byCommonWords("internationalization", own).verdict).toBe("strength.strong");
  });
});
