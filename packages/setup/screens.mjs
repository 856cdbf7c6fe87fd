// Takes a picture of every page and every email, into screens/ (not in git), with an index; and the README's own.
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureReady, root, run } from "./toolchain.mjs";

const folder = join(root, "screens");

/** Names of the pictures in a folder, as the index shows them. */
function pictures(name) {
  const files = readdirSync(join(folder, name)).filter((file) => file.endsWith(".webp"));
  return files.map((file) => {
    const title = basename(file, ".webp").replaceAll("-", " ");
    return `### ${title}\n\n![${title}](${name}/${file})\n`;
  });
}

function writeIndex() {
  const pages = readdirSync(join(folder, "pages"));
  const text = [
    "# Every page and every mail\n",
    "Written by `npx pnpm screens`. A page is shown at 390 px and, at half size, at 1280 px, in light and in dark; a mail",
    "in light, in dark, and where a mail program turns every colour round.\n",
    [...pages.map((page) => `[${page}](#${page})`), "[mails](#mails)"].join(" · "),
    "",
    ...pages.flatMap((page) => [`## ${page}\n`, ...pictures(`pages/${page}`)]),
    "## mails\n",
    ...pictures("mails"),
  ];
  writeFileSync(join(folder, "README.md"), text.join("\n"));
}

ensureReady();
const browser = ensureBrowser();
if (browser === null) throw new Error("Pictures are taken with Chromium: install one");
for (const script of ["apps/web/gallery/screens.ts", "packages/emails/preview/screens.ts"]) {
  const status = run("node", [script, browser]);
  if (status !== 0) process.exit(status);
}
writeIndex();
