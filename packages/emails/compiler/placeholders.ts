import { TemplateProblem } from "./problem.ts";

/**
 * A template taken apart, in order: literal text, `{{value}}`, `{{t:message}}`, and `{{?value}}` …
 * `{{/value}}` around what is left out where the value is absent. A value with a dot in its name is
 * a colour, or comes with every mail.
 */
export type Segment = string | { type: "value" | "message" | "when" | "end"; name: string };

const TYPES = { "": "value", "t:": "message", "?": "when", "/": "end" } as const;
const PLACEHOLDER = /\{\{(t:|\?|\/|)([a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)?)\}\}/;

/**
 * Takes a template apart at its placeholders. Anything else that begins with `{{` is refused rather
 * than sent to a reader, and so is a condition that does not end or stands in another.
 */
export function parsePlaceholders(template: string, where: string): Segment[] {
  // Splitting by a pattern with two groups gives text, type, name, text, type, name, …, text.
  const parts = template.split(PLACEHOLDER);
  const segments: Segment[] = [];
  let open: string | null = null;
  for (let index = 0; index < parts.length; index += 3) {
    const [literal = "", prefix = "", name] = parts.slice(index, index + 3);
    const stray = literal.match(/\{\{.{0,30}/);
    if (stray !== null) {
      throw new TemplateProblem(
        `${where}: "${stray[0]}" is not a placeholder; write {{field}}, {{t:message}} or {{?field}}…{{/field}}.`,
      );
    }
    if (literal !== "") segments.push(literal);
    if (name === undefined) continue;
    const type = TYPES[prefix as keyof typeof TYPES];
    if (type === "when" || type === "end") {
      if (type === "when" ? open !== null : open !== name) {
        throw new TemplateProblem(`${where}: {{${prefix}${name}}} is out of place.`);
      }
      open = type === "when" ? name : null;
    }
    segments.push({ type, name });
  }
  if (open !== null) throw new TemplateProblem(`${where}: {{?${open}}} is not closed.`);
  return segments;
}
