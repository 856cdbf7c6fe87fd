import { resolve } from "node:path";
import { measureContrast } from "@rekey/contract/contrast-pairs";
import { findChromium } from "../brand/check/chromium.ts";
import { contrastTable } from "../brand/check/contrast-table.ts";
import { renderBrand } from "../brand/check/render-brand.ts";
import { builtIn, loadChosenBrand } from "../brand/load-brand.ts";
import { readEnv, root } from "../env.ts";
import { fail, print } from "./print.ts";

export interface BrandCheckOptions {
  out: string;
  pictures: boolean;
  json: boolean;
}

/** `rekey brand:check [FILE]`: what is wrong with a brand file, its contrasts, and how it looks. */
export async function brandCheck(
  given: string | undefined,
  { out, pictures, json }: BrandCheckOptions,
): Promise<void> {
  const env = readEnv();
  const file = given ?? env.BRAND_FILE;
  const none = file === undefined || file === "none";
  const loading = loadChosenBrand(file);
  const { loaded } = loading;
  const problems = loading.status === "refused" ? loading.problems : [];
  const name = none ? "the built-in brand" : file;

  if (json) {
    const pairs = loaded ? measureContrast(loaded.brand.colours) : [];
    print(JSON.stringify({ file: none ? null : file, problems, pairs }, null, 2));
    if (problems.length > 0) process.exitCode = 1;
  } else {
    for (const line of loaded ? contrastTable(loaded.brand.colours) : []) print(line);
    if (problems.length > 0) {
      fail([`✗ ${name}:`, ...problems.map((problem) => `  - ${problem}`)].join("\n"));
    } else if (none) {
      print(
        "There is no brand file: this is the built-in brand, and every pair of colours can be read.",
      );
    } else print(`✓ ${name}: everything in it is right, and every pair of colours can be read.`);
  }
  if (!pictures || json || loaded === null) return;

  const chromium = findChromium(env);
  if (chromium === null) {
    print(
      "No Chromium is installed (CHROMIUM names one elsewhere): no pictures, the mail as HTML.",
    );
  }
  const sides = none ? { before: builtIn } : { before: builtIn, after: loaded };
  for (const [label, brand] of Object.entries(sides)) {
    for (const picture of await renderBrand(brand, { label, out: resolve(root, out), chromium })) {
      print(picture);
    }
  }
}
