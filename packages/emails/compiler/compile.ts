import mjml2html from "mjml";
import { escapeHtml } from "../src/html.ts";
import { inferFields, type MailParts } from "./fields.ts";
import { checkLinks } from "./links.ts";
import { type Placeholder, parsePlaceholders, placeholdersIn } from "./placeholders.ts";
import { TemplateProblem } from "./problem.ts";
import { fillSlots } from "./slots.ts";
import type { MailSource } from "./source.ts";

/** What fills the slots of MJML and of text: partials and design values, `layout` among them. */
export interface Shared {
  mjml: ReadonlyMap<string, string>;
  text: ReadonlyMap<string, string>;
}

/** A mail ready to be written as code. The parts still hold their placeholders. */
export interface CompiledMail {
  name: string;
  fields: Placeholder[];
  subject: string;
  html: string;
  text: string;
}

/** Compiles one mail, or throws a TemplateProblem. */
export async function compileMail(source: MailSource, shared: Shared): Promise<CompiledMail> {
  const { name, subject, preview } = source;
  const parts: MailParts = {
    subject,
    preview,
    content: fillSlots(source.mjml, shared.mjml, `templates/${name}.mjml`),
    text: fillLayout({ content: source.text }, shared.text, `templates/${name}.txt`),
  };
  const fields = inferFields(name, parts);
  checkLinks(name, parts, fields);

  const html = await renderMjml(source, shared.mjml);
  checkNothingDropped(name, fields, html);
  return { name, fields, subject, html, text: `${parts.text}\n` };
}

async function renderMjml(source: MailSource, shared: ReadonlyMap<string, string>) {
  const where = `templates/${source.name}.mjml`;
  const page = fillLayout(
    {
      content: source.mjml,
      subject: escapeLiterals(source.subject, where),
      preview: escapeLiterals(source.preview, where),
    },
    shared,
    where,
  );
  const { html } = await mjml2html(page, {
    validationLevel: "strict",
    keepComments: false,
    // MJML would otherwise fetch from Google every font it knows by name.
    fonts: {},
  }).catch((cause: unknown) => {
    throw new TemplateProblem(`${where}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  });
  return dropIndentation(html);
}

function fillLayout(
  own: Record<string, string>,
  shared: ReadonlyMap<string, string>,
  where: string,
): string {
  return fillSlots("[[layout]]", new Map([...shared, ...Object.entries(own)]), where);
}

/** Escapes what a subject says itself; its placeholders stay. */
function escapeLiterals(template: string, where: string): string {
  return parsePlaceholders(template, where)
    .map((segment) =>
      typeof segment === "string" ? escapeHtml(segment) : `{{${segment.field}:${segment.kind}}}`,
    )
    .join("");
}

/** A third of MJML's output is indentation. No template has preformatted text of its own. */
function dropIndentation(html: string): string {
  return `${html.replace(/\s*\n\s*/g, "\n").trim()}\n`;
}

/** MJML leaves out, without a word, what it finds in the wrong place. */
function checkNothingDropped(name: string, fields: readonly Placeholder[], html: string): void {
  const kept = new Set(placeholdersIn(html, `templates/${name}.mjml`).map(({ field }) => field));
  for (const { field } of fields) {
    if (kept.has(field)) continue;
    throw new TemplateProblem(
      `templates/${name}.mjml: MJML dropped the element with {{${field}}}.`,
    );
  }
}
