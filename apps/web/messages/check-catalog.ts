import { argumentsOf } from "./arguments.ts";

/** A catalog as it stands in its file: messages by key, and the keys that are rightly the same as in English. */
export interface CatalogFile {
  sameAsEnglish?: string[];
  [key: string]: string | string[] | undefined;
}

/**
 * What is wrong with a language's catalog, a sentence each: messages that are missing, unknown, empty, still English,
 * no ICU messages, or with other arguments than the English message.
 */
export function checkCatalog(locale: string, catalog: CatalogFile, english: CatalogFile): string[] {
  const { sameAsEnglish: same = [], ...messages } = catalog;
  const unknown = [...Object.keys(messages), ...same].filter((key) => !(key in english));
  return [
    ...unknown.map((key) => `${key} is no message of en.json.`),
    ...Object.entries(english).flatMap(([key, source]) => {
      if (key === "sameAsEnglish") return [];
      const problem = checkMessage(messages[key], String(source), locale, same.includes(key));
      return problem === null ? [] : [`${key} ${problem}`];
    }),
  ].map((problem) => `src/locales/${locale}.json: ${problem}`);
}

function checkMessage(message: unknown, source: string, locale: string, same: boolean) {
  if (message === undefined) return "is missing.";
  if (typeof message !== "string" || message.trim() === "") return "is empty.";
  if (locale !== "en") {
    if (message === source && !same) {
      return 'is the English message. If that is right, list its key under "sameAsEnglish".';
    }
    if (message !== source && same) return 'differs from English, but "sameAsEnglish" lists it.';
  }
  try {
    const [ours, theirs] = [argumentsOf(source, "en"), argumentsOf(message, locale)];
    if (String(ours) === String(theirs)) return null;
    return `has the arguments ${theirs.join(" ") || "none"}; the English message ${ours.join(" ") || "none"}.`;
  } catch (error) {
    return `is no message: ${error instanceof Error ? error.message : error}.`;
  }
}
