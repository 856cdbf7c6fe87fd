import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "@rekey/contract/locales";
import { z } from "zod";

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), isDynamicEntry: z.boolean().optional() }),
);

/**
 * Knows which files of the build a page of the SPA takes besides those that every page takes, so that
 * the browser fetches them at once and not when it gets there. `dist` is the folder of the build.
 */
export function readSpaManifest(dist: string) {
  const file = join(dist, "build-manifest.json");
  const manifest = existsSync(file)
    ? manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")))
    : {};
  return {
    /** `<link rel="modulepreload">` for the page at `path` in this language, English being in every page. */
    preloads(path: string, locale: Locale): string {
      const name = path === "/" ? "home" : path.slice(1);
      return [`src/features/${name}/${name}-page.tsx`, `src/locales/${locale}.json`]
        .map((source) => manifest[source])
        .filter((built) => built?.isDynamicEntry)
        .map((built) => `<link rel="modulepreload" crossorigin href="/${built?.file}">`)
        .join("");
    },
  };
}
