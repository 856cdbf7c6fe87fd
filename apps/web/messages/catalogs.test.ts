import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { locales } from "@rekey/contract/locales";
import { describe, expect, it } from "vitest";
import { type CatalogFile, checkCatalog } from "./check-catalog.ts";

const source = join(import.meta.dirname, "../src");
const folder = join(source, "locales");

function catalog(locale: string): CatalogFile {
  return JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
}

const english = catalog("en");

describe("the catalogs of the pages", () => {
  it("are those of the languages there are", () => {
    expect(readdirSync(folder).sort()).toEqual(locales.map((locale) => `${locale}.json`).sort());
  });

  it.each(locales)("have every message in %s, translated, with the same arguments", (locale) => {
    expect(checkCatalog(locale, catalog(locale), english)).toEqual([]);
  });

  it("hold no message that no page says", () => {
    const code = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .map((file) => readFileSync(join(source, file), "utf8"))
      .join("\n");
    expect(Object.keys(english).filter((key) => !code.includes(`"${key}"`))).toEqual([]);
  });
});

describe("a catalog", () => {
  const ours = { a: "For <b>{name}</b>", n: "{n, plural, one {# day} other {# days}}" };
  const check = (theirs: CatalogFile, locale = "de") => checkCatalog(locale, theirs, ours);
  const days = "{n, plural, one {# Tag} other {# Tage}}";

  it("is refused when a message is missing, empty, unknown or still English", () => {
    expect(check({ a: "Für <b>{name}</b>" })).toEqual(["src/locales/de.json: n is missing."]);
    expect(check({ a: " ", n: days })[0]).toContain("a is empty");
    expect(check({ a: "Für <b>{name}</b>", n: days, x: "X" })[0]).toContain("x is no message");
    expect(check({ a: ours.a, n: days })[0]).toContain("a is the English message");
    expect(check({ a: ours.a, n: days, sameAsEnglish: ["a"] })).toEqual([]);
  });

  it("is refused when a placeholder or a tag is another one", () => {
    expect(check({ a: "Für <b>{nmae}</b>", n: days })[0]).toContain("has the arguments <b> {nmae}");
    expect(check({ a: "Für {name}", n: days })[0]).toContain("the English message <b> {name}");
  });

  it("is refused when it counts otherwise than its language does", () => {
    const a = "Pour <b>{name}</b>";
    expect(check({ a, n: days }, "fr")[0]).toContain("needs the cases one, many, other");
  });

  it("is refused when a message cannot be read", () => {
    expect(check({ a: "Für <b>{name</b>", n: days })[0]).toContain("a is no message");
  });
});
