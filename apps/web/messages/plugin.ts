import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { locales } from "@rekey/contract/locales";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";
import { type CatalogFile, checkCatalog } from "./check-catalog.ts";

const folder = join(import.meta.dirname, "../src/locales");

/** Compiles the catalogs as they are imported, so that no parser comes to the browser. A faulty one stops the build. */
export const catalogs: Plugin = {
  name: "catalogs",
  async buildStart() {
    const files = await readdir(folder);
    const missing = locales.filter((locale) => !files.includes(`${locale}.json`));
    if (missing.length > 0) this.error(`src/locales: ${missing.join(".json, ")}.json is missing.`);
  },
  load: {
    filter: { id: /\/src\/locales\/[\w-]+\.json$/ },
    async handler(id) {
      const english = join(dirname(id), "en.json");
      this.addWatchFile(english);
      const catalog = await read(id);
      const problems = checkCatalog(basename(id, ".json"), catalog, await read(english));
      if (problems.length > 0) this.error(problems.join("\n"));
      return JSON.stringify(compileCatalog(catalog));
    },
  },
};

/** The messages as `icu-minify/format` takes them. */
export function compileCatalog({ sameAsEnglish: _, ...messages }: CatalogFile) {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [key, compile(String(message))]),
  );
}

async function read(file: string): Promise<CatalogFile> {
  return JSON.parse(await readFile(file, "utf8"));
}
