import { SOURCE } from "./catalogs.ts";
import type { MailMessage } from "./compile.ts";
import type { Field } from "./fields.ts";
import { argumentsOf, type Piece } from "./message.ts";
import { TemplateProblem } from "./problem.ts";

/**
 * Holds a message to the fields of the mail it stands in. That translations have the arguments of
 * the English one is known already (`catalogs.ts`), but each may ask and count in its own way.
 */
export function checkMessage({ key, id, translations }: MailMessage, fields: readonly Field[]) {
  for (const [locale, pieces] of translations) {
    const where = `locales/${locale}.json: ${id}`;
    if (locale === SOURCE) checkArguments(key, pieces, fields, where);
    checkUses(pieces, fields, where);
  }
}

/** A header is one line, and a token in it would show in every list of mails. */
function checkArguments(key: string, pieces: Piece[], fields: readonly Field[], where: string) {
  for (const name of argumentsOf(pieces)) {
    const kind = fields.find((field) => field.name === name)?.kind;
    if (kind === undefined) throw new TemplateProblem(`${where}: {${name}} is no field.`);
    if (kind === "link" || (kind === "lines" && (key === "subject" || key === "preview"))) {
      throw new TemplateProblem(`${where}: {${name}}, a field of kind ${kind}, cannot stand here.`);
    }
  }
}

function checkUses(pieces: readonly Piece[], fields: readonly Field[], where: string): void {
  const find = (name: string) => fields.find((field) => field.name === name);
  for (const piece of pieces) {
    if (typeof piece === "string" || "arg" in piece) continue;
    if ("select" in piece) {
      if (find(piece.select)?.optional !== true) {
        throw new TemplateProblem(
          `${where}: {${piece.select}, select, …} asks for a field that is always there.`,
        );
      }
      checkUses([...piece.none, ...piece.other], fields, where);
    } else {
      if (find(piece.plural)?.kind !== "count") {
        throw new TemplateProblem(`${where}: {${piece.plural}, plural, …} is no field to count.`);
      }
      for (const [, inner] of piece.cases) checkUses(inner, fields, where);
    }
  }
}
