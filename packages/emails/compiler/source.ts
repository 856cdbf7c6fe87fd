import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Field, parseField } from "./fields.ts";
import { TemplateProblem } from "./problem.ts";

/** A mail as it is written: `<name>.mjml`, and `<name>.txt` with its header taken off. */
export interface MailSource {
  /** In kebab-case; names the generated module and, in camelCase, its function. */
  name: string;
  fields: Field[];
  mjml: string;
  text: string;
}

/** Reads every mail of a folder, in the order of their names. Each has to be a pair. */
export async function readMailSources(folder: string): Promise<MailSource[]> {
  const names = new Set<string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const match = entry.name.match(/^([a-z]+(?:-[a-z]+)*)\.(?:mjml|txt)$/);
    if (entry.isFile() && match?.[1] !== undefined) names.add(match[1]);
    else if (entry.isFile()) {
      throw new TemplateProblem(
        `templates/${entry.name}: a mail is a pair of name-in-kebab-case.mjml and .txt.`,
      );
    }
  }
  return Promise.all([...names].sort().map((name) => readMailSource(folder, name)));
}

async function readMailSource(folder: string, name: string): Promise<MailSource> {
  const [mjml, txt] = await Promise.all(
    [`${name}.mjml`, `${name}.txt`].map((file) =>
      readFile(join(folder, file), "utf8").catch((cause: unknown) => {
        throw new TemplateProblem(`templates/${file} is missing: a mail is a pair.`, { cause });
      }),
    ),
  );
  return { name, mjml: mjml ?? "", ...parseText(txt ?? "", name) };
}

/** The text file begins, like a message, with a header: the fields of the mail, and an empty line. */
export function parseText(txt: string, name: string): Pick<MailSource, "fields" | "text"> {
  const where = `templates/${name}.txt`;
  const end = txt.indexOf("\n\n");
  if (end < 0) {
    throw new TemplateProblem(
      `${where} must begin with a line "field: kind" for each field, and an empty line.`,
    );
  }
  const fields = txt
    .slice(0, end)
    .split("\n")
    .map((line) => parseField(line, where));
  return { fields, text: txt.slice(end + 2).trimEnd() };
}

/** Reads what the mails share, by name: `greeting.mjml` and `greeting.txt` are `[[greeting]]`. */
export async function readShared(folder: string, extension: string): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(extension));
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, string]> => {
        const text = await readFile(join(folder, file), "utf8");
        return [file.slice(0, -extension.length), text.trimEnd()];
      }),
    ),
  );
}
