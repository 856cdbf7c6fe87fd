import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { argumentsOf, type Piece, parseMessage, wordsOf } from "./message.ts";
import { TemplateProblem } from "./problem.ts";

/** The language that the others translate. */
export const SOURCE = "en";

/** `section/key` to the message: the section is a mail's name, or `shared`. */
type Catalog = ReadonlyMap<string, Piece[]>;

/** The catalogs by language, `en` first. All have the same messages with the same arguments. */
export type Catalogs = ReadonlyMap<string, Catalog>;

/** Keys of messages that are rightly the same as in English stand under this name. */
const SAME = "sameAsEnglish";

/** Reads `<locale>.json` for each of `locales`, and holds every one to the English catalog. */
export async function readCatalogs(folder: string, locales: readonly string[]): Promise<Catalogs> {
  const files = (await readdir(folder)).sort();
  const wanted = locales.map((locale) => `${locale}.json`);
  for (const file of files.filter((file) => !wanted.includes(file))) {
    throw new TemplateProblem(`locales/${file} is of no language in @rekey/contract/locales.`);
  }
  const texts = await Promise.all(
    wanted.map((file) =>
      readFile(join(folder, file), "utf8").catch((cause: unknown) => {
        throw new TemplateProblem(`locales/${file} is missing.`, { cause });
      }),
    ),
  );
  return parseCatalogs(new Map(locales.map((locale, at) => [locale, texts[at] ?? ""])));
}

/** The catalogs out of their JSON texts. */
export function parseCatalogs(texts: ReadonlyMap<string, string>): Catalogs {
  const english = parseCatalog(SOURCE, texts.get(SOURCE) ?? "");
  return new Map(
    [...texts].map(([locale, text]) => {
      if (locale === SOURCE) return [locale, english.messages];
      const { messages, same } = parseCatalog(locale, text);
      compare(locale, messages, english.messages, same);
      return [locale, messages];
    }),
  );
}

/** A message that no mail says would be translated for nothing. */
export function checkAllUsed(catalogs: Catalogs, used: ReadonlySet<string>): void {
  for (const id of catalogs.get(SOURCE)?.keys() ?? []) {
    if (!used.has(id)) throw new TemplateProblem(`locales/en.json: ${id} stands in no mail.`);
  }
}

function parseCatalog(locale: string, text: string): { messages: Catalog; same: Set<string> } {
  const where = `locales/${locale}.json`;
  const { [SAME]: same = [], ...sections } = parseJson(text, where);
  const messages = new Map<string, Piece[]>();
  for (const [section, entries] of Object.entries(sections)) {
    for (const [key, message] of Object.entries(entries as object)) {
      const id = `${section}/${key}`;
      if (typeof message !== "string" || message.trim() === "") {
        throw new TemplateProblem(`${where}: ${id} is not translated: it is empty.`);
      }
      messages.set(id, parseMessage(message, locale, `${where}: ${id}`));
    }
  }
  return { messages, same: new Set(same as string[]) };
}

function parseJson(text: string, where: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new TemplateProblem(`${where} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** Missing, unknown, untranslated, and with other arguments than the English message: all of them at once. */
function compare(locale: string, catalog: Catalog, english: Catalog, same: Set<string>): void {
  const unknown = [...catalog.keys(), ...same].filter((id) => !english.has(id));
  const problems = [
    ...unknown.map((id) => `${id} is no message of locales/en.json.`),
    ...[...english].flatMap(([id, source]) => {
      const problem = differs(catalog.get(id), source, same.has(id));
      return problem === null ? [] : [`${id} ${problem}`];
    }),
  ];
  if (problems.length === 0) return;
  throw new TemplateProblem(
    problems.map((problem) => `locales/${locale}.json: ${problem}`).join("\n"),
  );
}

function differs(translation: Piece[] | undefined, source: Piece[], same: boolean): string | null {
  if (translation === undefined) return "is missing.";
  const identical = JSON.stringify(translation) === JSON.stringify(source);
  if (identical && /\p{L}/u.test(wordsOf(source)) && !same) {
    return `is not translated: it is the English message. If that is right, list it under "${SAME}".`;
  }
  if (!identical && same) return `differs from English, but "${SAME}" lists it.`;
  const [theirs, ours] = [translation, source].map((pieces) => [...argumentsOf(pieces)].sort());
  if (String(theirs) === String(ours)) return null;
  return `has the placeholders ${list(theirs)}, the English message ${list(ours)}.`;
}

function list(names: readonly string[] = []): string {
  return names.length === 0 ? "none" : names.map((name) => `{${name}}`).join(", ");
}
