import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { schemes } from "@rekey/contract/palette";
import type { LoadedBrand } from "../load-brand.ts";
import { photograph } from "./chromium.ts";
import { rehearse } from "./rehearsal.ts";

/**
 * Puts into the folder `out` what `brand` looks like: the reset mail as HTML, and with a `chromium`
 * pictures of sign-in page, reset page and mail in light and dark. Names begin with `label`.
 */
export async function renderBrand(
  brand: LoadedBrand,
  { label, out, chromium }: { label: string; out: string; chromium: string | null },
): Promise<string[]> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const profile = await mkdtemp(join(tmpdir(), "rekey-chromium-"));
  const files: string[] = [];
  try {
    return await rehearse(brand, async ({ pages, mail }) => {
      const mailFile = join(folder, `${label}-reset-mail.html`);
      await writeFile(mailFile, mail);
      files.push(mailFile);
      const views = { ...pages, "reset-mail": pathToFileURL(mailFile).href };
      for (const [view, url] of chromium === null ? [] : Object.entries(views)) {
        for (const scheme of schemes) {
          const file = join(folder, `${label}-${view}-${scheme}.png`);
          await photograph(chromium ?? "", { url, scheme, file, profile });
          files.push(file);
        }
      }
      return files;
    });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
