import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).optional() }),
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
    /** `<link rel="modulepreload">` for the page at `path`; empty where there is nothing to add. */
    preloads(path: string): string {
      const name = path === "/" ? "home" : path.slice(1);
      const page = manifest[`src/features/${name}/${name}-page.tsx`];
      return page === undefined
        ? ""
        : `<link rel="modulepreload" crossorigin href="/${page.file}">`;
    },
  };
}
