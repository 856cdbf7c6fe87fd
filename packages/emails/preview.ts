import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { samples } from "./samples.ts";
import { escapeHtml } from "./src/html.ts";

const folder = join(import.meta.dirname, "generated", "preview");
await mkdir(folder, { recursive: true });

for (const [name, { html, text }] of Object.entries(samples)) {
  await writeFile(join(folder, `${name}.html`), html);
  await writeFile(join(folder, `${name}.txt`), text);
}

const items = Object.entries(samples).map(
  ([name, { subject }]) =>
    `<li>${escapeHtml(subject)}: <a href="${name}.html">HTML</a>, <a href="${name}.txt">text</a></li>`,
);
const index = join(folder, "index.html");
await writeFile(
  index,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails of Rekey</title><ul>${items.join("")}</ul></html>\n`,
);
process.stdout.write(`Open ${index}\n`);
