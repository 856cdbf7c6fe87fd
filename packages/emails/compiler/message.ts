import { type PluralCategory, parse, type Select, type Token } from "@messageformat/parser";
import { TemplateProblem } from "./problem.ts";

/** A message taken apart. `select` asks whether a value is there; `plural` asks how many. */
export type Piece =
  | string
  | { arg: string }
  | { select: string; none: Piece[]; other: Piece[] }
  | { plural: string; cases: [category: string, pieces: Piece[]][] };

/**
 * Reads an ICU MessageFormat message of a language. Of its arguments there are plain ones,
 * `plural` with the categories of that language, and `select` with the cases `none` and `other`.
 */
export function parseMessage(source: string, locale: string, where: string): Piece[] {
  const problem = (what: string, cause?: unknown) =>
    new TemplateProblem(`${where}: ${what}`, { cause });
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();

  function read(tokens: readonly Token[], counted: string | null): Piece[] {
    return tokens.map((token) => {
      if (token.type === "content") return token.value;
      if (token.type === "argument") return { arg: token.arg };
      if (token.type === "octothorpe") return counted === null ? "#" : { arg: counted };
      if (token.type === "select") return readSelect(token, counted);
      if (token.type === "plural") return readPlural(token);
      throw problem(`{${token.arg}, …} is neither plural nor select.`);
    });
  }

  function readSelect({ arg, cases }: Select, counted: string | null): Piece {
    const none = cases.find(({ key }) => key === "none");
    const other = cases.find(({ key }) => key === "other");
    if (cases.length !== 2 || none === undefined || other === undefined) {
      throw problem(`{${arg}, select, …} needs the cases none and other, and no more.`);
    }
    return { select: arg, none: read(none.tokens, counted), other: read(other.tokens, counted) };
  }

  function readPlural({ arg, cases }: Select): Piece {
    const missing = pluralCategories.filter((one) => !cases.some(({ key }) => key === one));
    if (missing.length > 0) {
      throw problem(`{${arg}, plural, …} lacks the cases ${missing.join(", ")} of ${locale}.`);
    }
    return { plural: arg, cases: cases.map(({ key, tokens }) => [key, read(tokens, arg)]) };
  }

  try {
    return read(parse(source, { cardinal: pluralCategories as PluralCategory[] }), null);
  } catch (error) {
    if (error instanceof TemplateProblem) throw error;
    throw problem(`is no ICU message: ${error instanceof Error ? error.message : error}`, error);
  }
}

/** The arguments of a message, each once, and how it uses each: shown, counted or asked for. */
export function argumentsOf(pieces: readonly Piece[]): Set<string> {
  const found = pieces.flatMap((piece): string[] => {
    if (typeof piece === "string") return [];
    if ("arg" in piece) return [piece.arg];
    if ("select" in piece) {
      return [piece.select, ...argumentsOf(piece.none), ...argumentsOf(piece.other)];
    }
    return [piece.plural, ...piece.cases.flatMap(([, inner]) => [...argumentsOf(inner)])];
  });
  return new Set(found);
}

/** The words of a message without its arguments: what there is to translate. */
export function wordsOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("arg" in piece) return "";
      if ("select" in piece) return wordsOf(piece.none) + wordsOf(piece.other);
      return piece.cases.map(([, inner]) => wordsOf(inner)).join("");
    })
    .join("");
}
