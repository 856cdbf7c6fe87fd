import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const STYLESHEET = /<link rel="stylesheet" crossorigin href="([^"]+)">/;

export interface SpaDocument {
  html: string;
  /** The source expression that lets the document's own style stand under a content security policy. */
  styleHash: string;
}

/**
 * The page that every path of the SPA begins with, its stylesheet in it: nothing else has to arrive
 * before something is drawn. Null where the SPA in `dist` is not built.
 */
export function readSpaDocument(dist: string): SpaDocument | null {
  const file = join(dist, "index.html");
  if (!existsSync(file)) return null;
  const built = readFileSync(file, "utf8");
  const [link, href] = built.match(STYLESHEET) ?? [];
  if (link === undefined || href === undefined) throw new Error(`${file} has no stylesheet`);
  const style = readFileSync(join(dist, href), "utf8");
  const hash = createHash("sha256").update(style).digest("base64");
  return {
    html: built.replace(link, () => `<style>${style}</style>`),
    styleHash: `'sha256-${hash}'`,
  };
}
