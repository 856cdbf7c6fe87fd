import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { type Locale, locales } from "@rekey/contract/locales";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const MAX_SUBJECT_CHARACTERS = 50;

interface Rule {
  fault: RegExp;
  expected: string;
}

const everywhere: Rule[] = [
  { fault: /'/, expected: "a typographic apostrophe or quotation mark in place of '" },
  { fault: /"/, expected: 'typographic quotation marks in place of "' },
  { fault: /\.\.\./, expected: "… in place of three full stops" },
  { fault: / {2}|^\s|\s$/, expected: "no double, leading or trailing space" },
];

/** Full-width punctuation beside Chinese or Japanese characters (W3C jlreq, clreq). */
const fullWidth: Rule[] = [
  {
    fault:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.:;?!()]|[,:;?!()][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
    expected: "full-width punctuation beside Chinese or Japanese characters",
  },
];

const rules: Partial<Record<Locale, Rule[]>> = {
  fr: [
    { fault: /(?<!\u202f)[;?!]/, expected: "U+202F before ; ? !" },
    { fault: /(?<!\u00a0):(?![\p{L}/])/u, expected: "U+00A0 before :" },
    { fault: /«(?!\u00a0)|(?<!\u00a0)»|[“”„]/, expected: "« and » with U+00A0 inside" },
  ],
  de: [{ fault: /”|«|»|(?<!„[^“]*)“/, expected: "„…“ as quotation marks" }],
  es: [
    { fault: /^[^¿]*\?/, expected: "¿ before a question" },
    { fault: /^[^¡]*!/, expected: "¡ before an exclamation" },
  ],
  ja: fullWidth,
  "zh-Hans": fullWidth,
  ar: [{ fault: /\p{Script=Arab}\s?[,;?]/u, expected: "Arabic ، ؛ ؟" }],
};

interface Message {
  id: string;
  text: string;
}

function messagesOf(locale: Locale): Message[] {
  const read = (path: string) =>
    JSON.parse(readFileSync(join(root, path, `${locale}.json`), "utf8"));
  const { sameAsEnglish: _, ...pages } = read("apps/web/src/locales");
  const { sameAsEnglish: __, ...emails } = read("packages/emails/locales");
  return [
    ...Object.entries(pages as Record<string, string>).map(([id, text]) => ({ id, text })),
    ...Object.entries(emails as Record<string, Record<string, string>>).flatMap(
      ([section, entries]) =>
        Object.entries(entries).map(([key, text]) => ({ id: `${section}/${key}`, text })),
    ),
  ];
}

/** The text of a message without ICU syntax, with U+FFFC in place of each argument. */
function literals(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
        return [element.value];
      case TYPE.tag:
        return literals(element.children);
      case TYPE.plural:
      case TYPE.select:
        return Object.values(element.options).flatMap(({ value }) => literals(value));
      default:
        return ["\ufffc"];
    }
  });
}

/** Cases that stand for one number may spell it out; every other case has to show it. */
function casesWithoutNumber(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) =>
    element.type === TYPE.plural
      ? Object.entries(element.options)
          .filter(([name]) => !["zero", "one", "two"].includes(name) && !name.startsWith("="))
          .filter(([, { value }]) => !value.some(({ type }) => type === TYPE.pound))
          .map(([name]) => name)
      : [],
  );
}

function faultsOf({ id, text }: Message, locale: Locale): string[] {
  const elements = parse(text);
  const whole = literals(elements).join("\u2060");
  const broken = [...everywhere, ...(rules[locale] ?? [])].filter(({ fault }) => fault.test(whole));
  return [
    ...broken.map(({ expected }) => `${id}: expected ${expected} in “${text}”`),
    ...casesWithoutNumber(elements).map((name) => `${id}: the case ${name} does not show #`),
  ];
}

describe.each(locales)("the messages in %s", (locale) => {
  const messages = messagesOf(locale);

  test("follow the typography of the language", () => {
    expect(messages.flatMap((message) => faultsOf(message, locale))).toEqual([]);
  });

  test(`have email subjects of at most ${MAX_SUBJECT_CHARACTERS} characters`, () => {
    const long = messages
      .filter(({ id }) => id.endsWith("/subject") && id !== "server-error/subject")
      .map(({ id, text }) => ({ id, text: text.replaceAll("{brand}", "Rekey") }))
      .filter(({ text }) => [...text].length > MAX_SUBJECT_CHARACTERS);
    expect(long).toEqual([]);
  });
});

test.each<[Locale, string]>([
  ["en", "It's late"],
  ["en", "Wait..."],
  ["fr", "Mot de passe oublié ?"],
  ["fr", "Date : {at}"],
  ["de", "Der Befehl “rekey”"],
  ["es", "Olvidó su contraseña?"],
  ["ja", "パスワード?"],
  ["zh-Hans", "邮件,链接"],
  ["ar", "هل نسيت?"],
  ["en", "{n, plural, one {# day} other {days}}"],
])("a fault of typography in %s is found: %s", (locale, text) => {
  expect(faultsOf({ id: "a", text }, locale)).not.toEqual([]);
});
