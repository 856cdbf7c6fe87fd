import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInBrand } from "@rekey/contract/brand";
import { fixtures, samples } from "./samples.ts";
import { escapeHtml } from "./src/html.ts";
import { defaultReader } from "./src/reader.ts";

const folder = join(import.meta.dirname, "generated", "preview");
await mkdir(folder, { recursive: true });

const items: string[] = [];
for (const [name, render] of Object.entries(samples)) {
  const { subject, html, text } = render(builtInBrand, defaultReader, fixtures.everyday);
  await writeFile(join(folder, `${name}.html`), html);
  await writeFile(join(folder, `${name}.txt`), text);
  items.push(
    `<li>${escapeHtml(subject)}: <a href="${name}.html">HTML</a>, <a href="${name}.txt">text</a></li>`,
  );
}
const index = join(folder, "index.html");
await writeFile(
  index,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails of Rekey</title><ul>${items.join("")}</ul></html>\n`,
);
process.stdout.write(`Open ${index}\n`);
