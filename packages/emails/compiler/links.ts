import type { MailParts } from "./fields.ts";
import type { Placeholder } from "./placeholders.ts";
import { TemplateProblem } from "./problem.ts";

/**
 * Holds the links of a mail to what makes them usable: in HTML each is the target of an `href`, in
 * text each stands alone on its line, where every mail program finds its beginning and its end.
 */
export function checkLinks(name: string, parts: MailParts, fields: readonly Placeholder[]): void {
  const textLines = new Set(parts.text.split("\n"));
  for (const { field, kind } of fields) {
    if (kind !== "link") continue;
    if (!parts.content.includes(`href="{{${field}:link}}"`)) {
      throw new TemplateProblem(`templates/${name}.mjml: nothing links to {{${field}:link}}.`);
    }
    if (!textLines.has(`{{${field}:link}}`)) {
      throw new TemplateProblem(
        `templates/${name}.txt: {{${field}:link}} must stand alone on a line.`,
      );
    }
  }
}
