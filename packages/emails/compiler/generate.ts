import type { CompiledMail } from "./compile.ts";
import { builtins, type Field, kinds } from "./fields.ts";
import type { Piece } from "./message.ts";
import type { Segment } from "./placeholders.ts";

/**
 * Writes a compiled mail as a TypeScript module with one render function, named after the mail. The
 * page is in it once; what it says, once for each language.
 */
export function generateModule(mail: CompiledMail): string {
  const { name, fields, messages, html, text } = mail;
  const functionName = camelCase(name);
  const typeName = `${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}Fields`;
  const locales = [...(messages[0]?.translations.keys() ?? [])];
  const counts = fields.filter(({ kind }) => kind === "count");
  return `// Generated from templates/${name}.mjml, templates/${name}.txt and locales/*.json by build.ts: edit those.
import type { Brand } from "@rekey/contract/brand";
import type { Locale } from "@rekey/contract/locales";
import { escapeHtml } from "../src/html.ts";
import type { Mail } from "../src/mail.ts";
import { type Reader, toScript } from "../src/reader.ts";
import * as values from "../src/values.ts";

export interface ${typeName} {
${fields.map(({ name, kind, optional }) => `  /** ${kinds[kind].meaning}${optional ? " Null: left out." : ""} */\n  ${name}: ${kinds[kind].type}${optional ? " | null" : ""};`).join("\n")}
}

type Values = Record<${[...builtins, ...fields].map(({ name }) => JSON.stringify(name)).join(" | ")}${counts.map(({ name }) => ` | "${name}Plural"`).join("")}, string>;
type Messages = Record<${messages.map(({ key }) => JSON.stringify(key)).join(" | ")}, string>;

const say: Record<Locale, (v: Values) => Messages> = {
${locales.map((locale) => `  ${JSON.stringify(locale)}: (v) => ({\n${messages.map(({ key, translations }) => `    ${key}: ${messageLiteral(translations.get(locale) ?? [])},`).join("\n")}\n  }),`).join("\n")}
};

/** Renders the mail for a reader, in the look of a brand. */
export function ${functionName}(brand: Brand, reader: Reader, fields: ${typeName}): Mail {
  const v = {
    brand: values.name(brand.name, reader),
    support: values.optional(values.address, brand.supportAddress, reader),
    supportUrl: values.optional(values.link, brand.supportUrl, reader),
    footer: values.optional(values.text, brand.footer, reader),
${fields.map(valueLine).join("\n")}
${counts.map(({ name }) => `    ${name}Plural: values.plural(fields.${name}, reader),\n`).join("")}  };
  const m = say[reader.locale](v);
  const script = toScript(reader.locale);
  const { light, dark } = brand.colours;
  return {
    subject: m.subject,
    html: ${templateLiteral(html, (expression) => `escapeHtml(${expression})`)},
    text: ${templateLiteral(text, (expression) => expression)},
  };
}
`;
}

function valueLine({ name, kind, optional }: Field): string {
  if (optional) return `    ${name}: values.optional(values.${kind}, fields.${name}, reader),`;
  return `    ${name}: values.${kind}(fields.${name}${kinds[kind].local ? ", reader" : ""}),`;
}

function templateLiteral(
  segments: readonly Segment[],
  write: (expression: string) => string,
): string {
  const body = segments.map((segment) => {
    if (typeof segment === "string") return literal(segment);
    const { type, name } = segment;
    if (type === "when") return `\${v.${name} === "" ? "" : \``;
    if (type === "end") return "`}";
    if (type === "message") return `\${${write(`m.${name}`)}}`;
    return name.includes(".") ? `\${${name}}` : `\${${write(`v.${name}`)}}`;
  });
  return `\`${body.join("")}\``;
}

function messageLiteral(pieces: readonly Piece[]): string {
  const body = pieces.map((piece) => {
    if (typeof piece === "string") return literal(piece);
    if ("arg" in piece) return `\${v.${piece.arg}}`;
    if ("select" in piece) {
      const { select, none, other } = piece;
      return `\${v.${select} === "" ? ${messageLiteral(none)} : ${messageLiteral(other)}}`;
    }
    const { plural, cases } = piece;
    const other = cases.find(([category]) => category === "other")?.[1] ?? [];
    const chain = cases
      .filter(([category]) => category !== "other")
      .map(
        ([category, inner]) => `v.${plural}Plural === "${category}" ? ${messageLiteral(inner)} : `,
      );
    return `\${${chain.join("")}${messageLiteral(other)}}`;
  });
  return `\`${body.join("")}\``;
}

function literal(text: string): string {
  return text.replace(/[\\`]|\$\{/g, (special) => `\\${special}`);
}

function camelCase(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
