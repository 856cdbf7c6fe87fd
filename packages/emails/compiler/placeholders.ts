import { TemplateProblem } from "./problem.ts";

/** The kinds a placeholder may name, with the TypeScript type and the meaning of their fields. */
export const kinds = {
  text: { type: "string", meaning: "One line of text." },
  name: { type: "string", meaning: "A name somebody chose; never becomes a link." },
  link: { type: "string", meaning: "An absolute http or https address." },
  lines: { type: "string", meaning: "Text that keeps its line breaks." },
  duration: { type: "number", meaning: "Seconds, shown in words." },
} as const;

export type Kind = keyof typeof kinds;

export interface Placeholder {
  field: string;
  kind: Kind;
}

/** A template taken apart: literal text and placeholders, in order. */
export type Segment = string | Placeholder;

const PLACEHOLDER = /\{\{([a-z][A-Za-z0-9]*)(?::([a-z]+))?\}\}/;

/**
 * Takes a template apart at its placeholders: `{{field}}` for a line of text, `{{field:kind}}` for
 * another kind. Anything else that begins with `{{` is refused rather than sent to a reader.
 */
export function parsePlaceholders(template: string, where: string): Segment[] {
  // Splitting by a pattern with two groups gives text, field, kind, text, field, kind, …, text.
  const parts = template.split(PLACEHOLDER);
  const segments: Segment[] = [];
  for (let index = 0; index < parts.length; index += 3) {
    const [literal = "", field, kind = "text"] = parts.slice(index, index + 3);
    const stray = literal.match(/\{\{.{0,30}/);
    if (stray !== null) {
      throw new TemplateProblem(
        `${where}: "${stray[0]}" is not a placeholder; write {{field}} or {{field:kind}}.`,
      );
    }
    if (literal !== "") segments.push(literal);
    if (field === undefined) continue;
    if (!isKind(kind)) {
      throw new TemplateProblem(
        `${where}: {{${field}:${kind}}} has an unknown kind; there are ${Object.keys(kinds).join(", ")}.`,
      );
    }
    segments.push({ field, kind });
  }
  return segments;
}

/** The placeholders of a template, in order of appearance, repeats included. */
export function placeholdersIn(template: string, where: string): Placeholder[] {
  return parsePlaceholders(template, where).filter((segment) => typeof segment !== "string");
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}
