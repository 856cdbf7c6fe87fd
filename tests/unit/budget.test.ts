import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../../apps/web/dist");
const manifest: Record<string, { file: string; isEntry?: boolean; imports?: string[] }> =
  JSON.parse(readFileSync(join(dist, "build-manifest.json"), "utf8"));

/** Every JavaScript file that the first visit to a page fetches. */
function filesOf(page: string): Set<string> {
  const files = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not in the build`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) add(key);
  add(`src/features/${page}/${page}-page.tsx`);
  return files;
}

/** As the server sends it. */
function compressedSize(file: string): number {
  return brotliCompressSync(readFileSync(join(dist, file))).length;
}

/** What a phone on a slow line loads before it shows anything, in bytes. */
const BUDGET = 122_500;

test.each(["home", "sign-in", "sign-up", "forgot-password", "reset-password", "settings"])(
  "the first visit to %s fetches at most 122.5 kB of JavaScript",
  (page) => {
    const sizes = [...filesOf(page)].map((file) => [file, compressedSize(file)] as const);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    process.stdout.write(`${page}: ${(total / 1000).toFixed(1)} kB of JavaScript\n`);
    expect(sizes.length).toBeGreaterThan(1);
    expect(total, sizes.join("\n")).toBeLessThanOrEqual(BUDGET);
  },
);
