import { describe, expect, test } from "vitest";
import { builtInBrand, readBrand } from "./brand.ts";
import { contrast } from "./contrast.ts";
import { measureContrast } from "./contrast-pairs.ts";
import { builtInPalettes } from "./palette.ts";

function read(file: unknown) {
  const reading = readBrand(file);
  if (reading.status !== "read") throw new Error(reading.problems.join("\n"));
  return reading.brand;
}

function problems(file: unknown): string[] {
  const reading = readBrand(file);
  return reading.status === "read" ? [] : reading.problems;
}

test("the built-in look has the contrast that WCAG 2.2 asks for", () => {
  expect(measureContrast(builtInPalettes).filter((pair) => !pair.passes)).toEqual([]);
});

test("a file with a name alone is the built-in look under that name", () => {
  expect(read({ name: "Acme" })).toEqual({ ...builtInBrand, name: "Acme", senderName: "Acme" });
});

describe("a brand that gives its accent", () => {
  test.each(["#7a1fa2", "#000000", "#e4002b", "#0a7d4f", "#8a5a00", "#777777"])(
    "%s can be read in light and dark",
    (accent) => {
      const { colours } = read({ name: "Acme", accent });
      expect(colours.light.accent).toBe(accent);
      expect(colours.light.ink).toBe(builtInPalettes.light.ink);
    },
  );

  test("puts dark text on a light accent", () => {
    const { colours } = read({ name: "Acme", colours: { light: { accent: "#00a04e" } } });
    expect(contrast("#ffffff", "#00a04e")).toBeLessThan(4.5);
    expect(colours.light.onAccent).toBe(builtInPalettes.light.ink);
  });

  test("keeps each colour that it sets itself", () => {
    const light = { accent: "#7a1fa2", link: "#5b1080", hover: "#faf5ff" } as const;
    const dark = { accent: "#c792e0", onAccent: "#180020", page: "#000000" } as const;
    const { colours } = read({ name: "Acme", colours: { light, dark } });
    expect(colours).toMatchObject({ light, dark });
  });

  test("may write hexadecimal digits in capitals", () => {
    expect(read({ name: "Acme", accent: "#7A1FA2" }).colours.light.accent).toBe("#7a1fa2");
  });
});

test("a pair that cannot be read is named with its contrast, the needed one and a colour that would do", () => {
  expect(problems({ name: "Acme", accent: "#ffd400" })).toEqual([
    "colours.light: accent #ffd400 on page #f6f7f9 has a contrast of 1.33, expected at least 3; accent #a88c00 would do",
    "colours.light: accent #ffd400 on card #ffffff has a contrast of 1.43, expected at least 3; accent #a88c00 would do",
  ]);
  expect(problems({ name: "Acme", accent: "#a88c00" })).toEqual([]);
});

test.each<[what: string, file: unknown, problem: string | RegExp]>([
  ["no object", [], "the file: expected an object, { … }"],
  ["no name", {}, /^name: expected one line of 1 to 60 characters/],
  ["a blank name", { name: " " }, /^name: expected one line/],
  ["a name of 61 characters", { name: "é".repeat(61) }, /^name: expected one line/],
  ["a name of two lines", { name: "Ac\nme" }, /^name: expected one line/],
  ["a name that turns text around", { name: "Ac\u202eme" }, /^name: expected one line/],
  ["a name with a null", { name: "Ac\u0000me" }, /^name: expected one line/],
  ["a colour in words", { name: "A", accent: "red" }, /^accent: expected a colour like #2f5bd8/],
  ["a short colour", { name: "A", accent: "#fff" }, /^accent: expected a colour like/],
  ["a logo elsewhere", { name: "A", logo: "../logo.svg" }, /^logo: expected the name of an SVG/],
  ["a logo that is no SVG", { name: "A", logo: "logo.png" }, /^logo: expected the name of an SVG/],
  ["two addresses", { name: "A", supportAddress: "a@b.c, d@e.f" }, /^supportAddress: expected an/],
  ["a script", { name: "A", supportUrl: "javascript:alert(1)" }, /^supportUrl: expected an/],
  [
    "a plain page",
    { name: "A", supportUrl: "http://a.b" },
    /^supportUrl: expected an address like/,
  ],
  [
    "both supports",
    { name: "A", supportUrl: "https://a.b", supportAddress: "a@b.c" },
    "supportAddress, supportUrl: expected at most one of the two",
  ],
  [
    "a long footer",
    { name: "A", footer: "x".repeat(301) },
    /^footer: expected one line of 1 to 300/,
  ],
  [
    "an unknown field",
    { name: "A", colors: {} },
    'the file has "colors", which is not known; expected name, accent, logo, logoHasName, icon, senderName, supportAddress, supportUrl, footer, colours',
  ],
  [
    "an unknown scheme",
    { name: "A", colours: { dim: {} } },
    'colours has "dim", which is not known; expected light, dark',
  ],
  [
    "an unknown colour",
    { name: "A", colours: { dark: { text: "#ffffff" } } },
    /^colours\.dark has "text", which is not known; expected page, card, ink, /,
  ],
])("%s is refused", (_what, file, problem) => {
  expect(problems(file)).toEqual([
    typeof problem === "string" ? problem : expect.stringMatching(problem),
  ]);
});

test("every problem is listed at once", () => {
  expect(problems({ accent: "red", logo: 3, text: "" })).toHaveLength(4);
});
