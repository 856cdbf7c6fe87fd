import { join } from "node:path";
import { locales } from "@rekey/contract/locales";
import { checkAllUsed, readCatalogs } from "./compiler/catalogs.ts";
import { compileMail } from "./compiler/compile.ts";
import { generateModule } from "./compiler/generate.ts";
import { TemplateProblem } from "./compiler/problem.ts";
import { standIns } from "./compiler/run-time-slots.ts";
import { readMailSources, readShared } from "./compiler/source.ts";
import { writeChanged } from "./compiler/write-changed.ts";
import { designSlots } from "./design.ts";

const templates = join(import.meta.dirname, "templates");
const generated = join(import.meta.dirname, "generated");

/** Compiles every template into `generated`, so that what runs loads neither MJML nor templates. */
export default async function build(): Promise<void> {
  const [sources, catalogs, mjml, text] = await Promise.all([
    readMailSources(templates),
    readCatalogs(join(import.meta.dirname, "locales"), locales),
    readShared(join(templates, "shared"), ".mjml"),
    readShared(join(templates, "shared"), ".txt"),
  ]);
  const shared = { mjml: new Map([...designSlots, ...standIns, ...mjml]), text };
  const mails = await Promise.all(sources.map((source) => compileMail(source, shared, catalogs)));
  checkAllUsed(catalogs, new Set(mails.flatMap(({ messages }) => messages.map(({ id }) => id))));
  await writeChanged(
    generated,
    new Map(mails.map((mail) => [`${mail.name}.ts`, generateModule(mail)])),
  );
}

if (import.meta.main) {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
