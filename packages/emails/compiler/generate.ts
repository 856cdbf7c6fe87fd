import type { CompiledMail } from "./compile.ts";
import { kinds, parsePlaceholders } from "./placeholders.ts";

/** Writes a compiled mail as a TypeScript module with one render function, named after the mail. */
export function generateModule(mail: CompiledMail): string {
  const { name, fields, subject, html, text } = mail;
  const functionName = camelCase(name);
  const typeName = `${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}Fields`;
  return `// Generated from templates/${name}.mjml and templates/${name}.txt by build.ts: edit those.
import { escapeHtml } from "../src/html.ts";
import type { Mail } from "../src/mail.ts";
import * as values from "../src/values.ts";

export interface ${typeName} {
${fields.map(({ field, kind }) => `  /** ${kinds[kind].meaning} */\n  ${field}: ${kinds[kind].type};`).join("\n")}
}

/** Renders the mail ${JSON.stringify(subject)}. */
export function ${functionName}(fields: ${typeName}): Mail {
  const plain = {
${fields.map(({ field, kind }) => `    ${field}: values.${kind}(fields.${field}),`).join("\n")}
  };
  return {
    subject: ${templateLiteral(subject, (field) => `plain.${field}`)},
    html: ${templateLiteral(html, (field) => `escapeHtml(plain.${field})`)},
    text: ${templateLiteral(text, (field) => `plain.${field}`)},
  };
}
`;
}

function templateLiteral(template: string, expression: (field: string) => string): string {
  const body = parsePlaceholders(template, "compiled").map((segment) =>
    typeof segment === "string"
      ? segment.replace(/[\\`]|\$\{/g, (special) => `\\${special}`)
      : `\${${expression(segment.field)}}`,
  );
  return `\`${body.join("")}\``;
}

function camelCase(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
