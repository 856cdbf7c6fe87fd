import { expect, test } from "vitest";
import { checkAllUsed, parseCatalogs } from "./catalogs.ts";

const english = {
  shared: { hello: "Hello {name},", many: "{n, plural, one {# link} other {# links}}" },
};
const german = {
  shared: { hello: "Guten Tag {name},", many: "{n, plural, one {# Verweis} other {# Verweise}}" },
};

function parse(translation: unknown, locale = "de") {
  const texts = { en: JSON.stringify(english), [locale]: JSON.stringify(translation) };
  return parseCatalogs(new Map(Object.entries(texts)));
}

function withHello(hello: string, more: object = {}) {
  return { shared: { ...german.shared, hello }, ...more };
}

test("a catalog that says what the English one says is read", () => {
  expect(parse(german).get("de")?.get("shared/hello")).toEqual([
    "Guten Tag ",
    { arg: "name" },
    ",",
  ]);
});

test.each<[string, unknown, string]>([
  [
    "missing",
    { shared: { hello: "Guten Tag {name}," } },
    "locales/de.json: shared/many is missing.",
  ],
  [
    "unknown",
    { ...german, other: { bye: "Tschüss" } },
    "locales/de.json: other/bye is no message of locales/en.json.",
  ],
  ["empty", withHello(" "), "locales/de.json: shared/hello is not translated: it is empty."],
  [
    "still English",
    withHello("Hello {name},"),
    "locales/de.json: shared/hello is not translated: it is the English message.",
  ],
  [
    "without a placeholder",
    withHello("Guten Tag,"),
    "locales/de.json: shared/hello has the placeholders none, the English message {name}.",
  ],
  [
    "with a placeholder of its own",
    withHello("Guten Tag {nmae},"),
    "has the placeholders {nmae}, the English message {name}.",
  ],
  [
    "with a quoted placeholder",
    withHello("Guten Tag '{name}',"),
    "has the placeholders none, the English message {name}.",
  ],
  [
    "no ICU message",
    withHello("Guten Tag {name"),
    "locales/de.json: shared/hello: is no ICU message: ",
  ],
  [
    "formatted otherwise",
    withHello("Guten Tag {name, number}"),
    "{name, …} is neither plural nor select.",
  ],
  [
    "listed for nothing",
    withHello("Guten Tag {name},", { sameAsEnglish: ["shared/hello"] }),
    'shared/hello differs from English, but "sameAsEnglish" lists it.',
  ],
])("a message that is %s fails the build", (_, translation, message) => {
  expect(() => parse(translation)).toThrow(message);
});

test("everything that is wrong with a catalog is said at once", () => {
  expect(() => parse({ other: { bye: "Tschüss" } })).toThrow(
    /other\/bye is no message.*shared\/hello is missing.*shared\/many is missing/s,
  );
});

test("a message may be the same as in English where the catalog says so", () => {
  const same = withHello("Hello {name},", { sameAsEnglish: ["shared/hello"] });
  expect(parse(same).get("de")?.get("shared/hello")).toEqual(["Hello ", { arg: "name" }, ","]);
});

test("a plural has every case of its language", () => {
  const arabic = {
    shared: { hello: "مرحبًا {name}،", many: "{n, plural, one {رابط} other {# رابط}}" },
  };
  expect(() => parse(arabic, "ar")).toThrow(
    "locales/ar.json: shared/many: {n, plural, …} lacks the cases zero, two, few, many of ar.",
  );
});

test("a file that is no JSON fails with its name", () => {
  expect(() => parseCatalogs(new Map([["en", "{"]]))).toThrow("locales/en.json is no JSON: ");
});

test("a message that no mail says fails the build", () => {
  expect(() => checkAllUsed(parse(german), new Set(["shared/hello"]))).toThrow(
    "locales/en.json: shared/many stands in no mail.",
  );
});
