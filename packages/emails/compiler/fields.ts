import { TemplateProblem } from "./problem.ts";

/**
 * The kinds a field may be of, with the type and the meaning they give it. Those that are not
 * `local` show the same to every reader. src/values.ts has a function for each.
 */
export const kinds = {
  text: { type: "string", local: true, meaning: "One line of text." },
  name: { type: "string", local: true, meaning: "A name somebody chose; never becomes a link." },
  link: { type: "string", local: false, meaning: "An absolute http or https address." },
  code: { type: "string", local: true, meaning: "Digits to type, shown in two groups." },
  lines: { type: "string", local: false, meaning: "Text that keeps its line breaks." },
  count: { type: "number", local: true, meaning: "A whole number." },
  duration: { type: "number", local: true, meaning: "Seconds, shown in words." },
  clock: {
    type: "Date",
    local: true,
    meaning: "Shown as the time of day in the reader's time zone.",
  },
  moment: {
    type: "Date",
    local: true,
    meaning: "Shown as date and time in the reader's time zone.",
  },
} as const;

export type Kind = keyof typeof kinds;

/** A field of a mail. One that is `optional` may be null. */
export interface Field {
  name: string;
  kind: Kind;
  optional: boolean;
}

/** What every mail has without declaring it: the brand's, the language's. */
export const builtins: readonly Field[] = [
  { name: "brand", kind: "name", optional: false },
  { name: "support", kind: "text", optional: true },
  { name: "supportUrl", kind: "link", optional: true },
  { name: "footer", kind: "text", optional: true },
];

/** Reads the line of a header that declares a field: `name: name`, `network: text?`. */
export function parseField(line: string, where: string): Field {
  const [, name, kind, optional] = line.match(/^([a-z][A-Za-z0-9]*): ([a-z]+)(\??)$/) ?? [];
  if (name === undefined || kind === undefined || !isKind(kind)) {
    throw new TemplateProblem(
      `${where}: "${line}" declares no field; write "field: kind" with one of ${Object.keys(kinds).join(", ")}, and "?" after it for one that may be absent.`,
    );
  }
  return { name, kind, optional: optional === "?" };
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}
