import mjml2html from "mjml";
import { type Catalogs, SOURCE } from "./catalogs.ts";
import { checkMessage } from "./check-message.ts";
import { builtins, type Field } from "./fields.ts";
import { checkLinks } from "./links.ts";
import { argumentsOf, type Piece } from "./message.ts";
import { parsePlaceholders, type Segment } from "./placeholders.ts";
import { TemplateProblem } from "./problem.ts";
import { openRunTimeSlots } from "./run-time-slots.ts";
import { fillSlots } from "./slots.ts";
import type { MailSource } from "./source.ts";

/** What fills the slots of MJML and of text: partials and design values, `layout` among them. */
export interface Shared {
  mjml: ReadonlyMap<string, string>;
  text: ReadonlyMap<string, string>;
}

/** A message of a mail under its key, with the `section/key` it has in the catalogs. */
export interface MailMessage {
  key: string;
  id: string;
  translations: ReadonlyMap<string, Piece[]>;
}

/** A mail ready to be written as code. */
export interface CompiledMail {
  name: string;
  fields: Field[];
  /** Those that the parts name, and the subject. */
  messages: MailMessage[];
  html: Segment[];
  text: Segment[];
}

/** Compiles one mail, or throws a TemplateProblem. */
export async function compileMail(
  source: MailSource,
  shared: Shared,
  catalogs: Catalogs,
): Promise<CompiledMail> {
  const { name, fields } = source;
  const where = { html: `templates/${name}.mjml`, text: `templates/${name}.txt` };
  const written = {
    html: fillSlots("[[layout]]", withContent(shared.mjml, source.mjml), where.html),
    text: joinConditions(
      `${fillSlots("[[layout]]", withContent(shared.text, source.text), where.text)}
`,
    ),
  };
  const content = parsePlaceholders(fillSlots(source.mjml, shared.mjml, where.html), where.html);
  const html = parsePlaceholders(await renderMjml(written.html, where.html), where.html);
  const text = parsePlaceholders(written.text, where.text);
  checkNothingDropped(where.html, content, html);

  const messages = messagesOf(name, [...html, ...text], catalogs);
  const known = [...fields, ...builtins];
  for (const message of messages) checkMessage(message, known);
  checkFields(fields, where, { html, text }, messages);
  checkLinks(name, { html: written.html, text: written.text }, fields);
  return { name, fields, messages, html, text };
}

function withContent(shared: ReadonlyMap<string, string>, content: string) {
  return new Map([...shared, ["content", content]]);
}

/** A condition that stands alone on a line of text is no line of it. */
function joinConditions(text: string): string {
  return text.replace(/^(\{\{[?/]\w+\}\})\n/gm, "$1");
}

async function renderMjml(page: string, where: string): Promise<string> {
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
  return openRunTimeSlots(dropIndentation(html));
}

/** A third of MJML's output is indentation. No template has preformatted text of its own. */
function dropIndentation(html: string): string {
  return `${html.replace(/\s*\n\s*/g, "\n").trim()}\n`;
}

/** MJML leaves out, without a word, what it finds in the wrong place. */
function checkNothingDropped(where: string, content: Segment[], html: Segment[]): void {
  const kept = new Set(html.map(labelOf));
  for (const label of content.map(labelOf)) {
    if (kept.has(label)) continue;
    throw new TemplateProblem(`${where}: MJML dropped the element with ${label}.`);
  }
}

function labelOf(segment: Segment): string {
  return typeof segment === "string" ? "" : `${segment.type} ${segment.name}`;
}

/** The subject, and what the parts name: looked up under the mail, then among what mails share. */
function messagesOf(mail: string, segments: Segment[], catalogs: Catalogs): MailMessage[] {
  const keys = new Set(["subject", ...namesOf(segments, "message")]);
  return [...keys].sort().map((key) => {
    const id = [`${mail}/${key}`, `shared/${key}`].find((id) => catalogs.get(SOURCE)?.has(id));
    if (id === undefined) {
      throw new TemplateProblem(
        `templates/${mail}: {{t:${key}}} is in locales/en.json neither under "${mail}" nor under "shared".`,
      );
    }
    const translations = [...catalogs].map(([locale, catalog]): [string, Piece[]] => [
      locale,
      catalog.get(id) ?? [],
    ]);
    return { key, id, translations: new Map(translations) };
  });
}

function namesOf(segments: Segment[], ...types: string[]): string[] {
  return segments.flatMap((segment) =>
    typeof segment !== "string" && types.includes(segment.type) ? [segment.name] : [],
  );
}

/**
 * Both parts show every field that is declared, and no other: one that stands in one part only is a
 * misspelling or was forgotten in the other.
 */
function checkFields(
  fields: readonly Field[],
  where: Record<"html" | "text", string>,
  parts: Record<"html" | "text", Segment[]>,
  messages: MailMessage[],
): void {
  const declared = new Set([...fields, ...builtins].map(({ name }) => name));
  for (const part of ["html", "text"] as const) {
    const direct = namesOf(parts[part], "value", "when");
    for (const name of direct.filter((name) => !name.includes(".") && !declared.has(name))) {
      throw new TemplateProblem(
        `${where[part]}: {{${name}}} is no field; declare it at the top of ${where.text}.`,
      );
    }
    const keys = new Set(namesOf(parts[part], "message"));
    const spoken = messages
      .filter(({ key }) => keys.has(key))
      .flatMap(({ translations }) => [...argumentsOf(translations.get(SOURCE) ?? [])]);
    const shown = new Set([...direct, ...spoken]);
    for (const { name } of fields.filter(({ name }) => !shown.has(name))) {
      throw new TemplateProblem(
        `{{${name}}} is missing from ${where[part]}; both parts of a mail show every field.`,
      );
    }
  }
}
