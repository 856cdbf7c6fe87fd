import type { Field } from "./fields.ts";
import { TemplateProblem } from "./problem.ts";

/**
 * Holds the links of a mail to what makes them usable: in HTML each is the target of an `href`, in
 * text each stands alone on its line, where every mail program finds its beginning and its end.
 */
export function checkLinks(
  mail: string,
  parts: Record<"html" | "text", string>,
  fields: readonly Field[],
): void {
  const textLines = new Set(parts.text.split("\n"));
  for (const { name, kind } of fields) {
    if (kind !== "link") continue;
    if (!parts.html.includes(`href="{{${name}}}"`)) {
      throw new TemplateProblem(`templates/${mail}.mjml: nothing links to {{${name}}}.`);
    }
    if (!textLines.has(`{{${name}}}`)) {
      throw new TemplateProblem(`templates/${mail}.txt: {{${name}}} must stand alone on a line.`);
    }
  }
}
