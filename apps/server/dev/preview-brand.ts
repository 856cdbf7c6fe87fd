import { resolve } from "node:path";
import type { PreviewBrand } from "@rekey/emails/preview";
import { builtIn, loadChosenBrand } from "../src/brand/load-brand.ts";
import { DEFAULT_BRAND_FILE, type Env, root } from "../src/env.ts";

/** The brand that the server takes by this environment, for the preview of the mails. */
export function previewBrand(readEnv: () => Env): PreviewBrand {
  return {
    file: resolve(root, readEnv().BRAND_FILE ?? DEFAULT_BRAND_FILE),
    read() {
      const { BRAND_FILE } = readEnv();
      const loading = loadChosenBrand(BRAND_FILE);
      const brand = loading.loaded === builtIn ? null : (loading.loaded?.brand ?? null);
      if (loading.status === "loaded") return { brand, problems: [] };
      return { brand, problems: loading.problems.map((line) => `${BRAND_FILE}: ${line}`) };
    },
  };
}
