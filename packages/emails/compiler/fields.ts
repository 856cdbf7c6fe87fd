import { type Kind, type Placeholder, placeholdersIn } from "./placeholders.ts";
import { TemplateProblem } from "./problem.ts";

/** What a mail says, with partials and design filled in, before MJML makes a page of it. */
export interface MailParts {
  subject: string;
  preview: string;
  /** The MJML between the heading, which is the subject, and the footer. */
  content: string;
  text: string;
}

/**
 * The fields of a mail, inferred from its placeholders. Both parts must show the same fields, with
 * the same kinds: one that stands in one part only is a misspelling or was forgotten in the other.
 * The subject and the preview need not use them all, but bring none of their own.
 */
export function inferFields(name: string, parts: MailParts): Placeholder[] {
  const mjml = `templates/${name}.mjml`;
  const txt = `templates/${name}.txt`;
  const subject = placeholdersIn(parts.subject, `${txt} (Subject)`);
  const preview = placeholdersIn(parts.preview, `${txt} (Preview)`);
  // The subject is also the heading, so what it shows is shown in the HTML part.
  const html = [...subject, ...placeholdersIn(parts.content, mjml)];
  const text = placeholdersIn(parts.text, txt);

  refuseIn("Subject", txt, subject);
  refuseIn("Preview", txt, preview);

  const fields = mergeKinds(name, [...text, ...html, ...preview]);
  const shown = { html: new Set(html.map(nameOf)), text: new Set(text.map(nameOf)) };
  for (const { field } of fields) {
    const inHtml = shown.html.has(field);
    const inText = shown.text.has(field);
    if (inHtml && inText) continue;
    const absent = inHtml ? txt : inText ? mjml : `${mjml} and ${txt}`;
    throw new TemplateProblem(
      `{{${field}}} is missing from ${absent}; both parts of a mail show the same fields.`,
    );
  }
  return fields;
}

/** A header is one line, and a token in it would show in every list of mails. */
function refuseIn(header: string, txt: string, placeholders: readonly Placeholder[]): void {
  for (const { field, kind } of placeholders) {
    if (kind !== "lines" && kind !== "link") continue;
    throw new TemplateProblem(`${txt}: {{${field}:${kind}}} cannot stand in the ${header}.`);
  }
}

function nameOf({ field }: Placeholder): string {
  return field;
}

function mergeKinds(name: string, placeholders: readonly Placeholder[]): Placeholder[] {
  const kindOf = new Map<string, Kind>();
  for (const { field, kind } of placeholders) {
    const known = kindOf.get(field) ?? kind;
    if (known !== kind) {
      throw new TemplateProblem(
        `templates/${name}: {{${field}}} is of kind "${known}" in one place and "${kind}" in another.`,
      );
    }
    kindOf.set(field, kind);
  }
  return [...kindOf].map(([field, kind]) => ({ field, kind }));
}
