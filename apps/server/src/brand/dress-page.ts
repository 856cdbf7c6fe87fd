import { schemes } from "@rekey/contract/palette";
import { html } from "hono/html";
import type { LoadedBrand } from "./load-brand.ts";
import { brandFiles } from "./serve-brand.ts";

const TITLE = /<title>[^<]*<\/title>/;
const ICON = /<link rel="icon"[^>]*>/;
const HEAD_ENDS = "</head>";

/**
 * Puts the brand into the built page: title, icon, the browser's own colour, and the stylesheet,
 * which the browser so fetches beside the page's own, before it paints. The built-in brand is in it.
 */
export function dressPage(page: string, loaded: LoadedBrand): string {
  const files = brandFiles(loaded);
  if (files === null) return page;
  const { name, colours } = loaded.brand;
  const titled = page
    .replace(TITLE, () => String(html`<title>${name}</title>`))
    .replace(ICON, () => `<link rel="icon" href="${files.icon.url}" type="image/svg+xml" />`)
    .replace(
      HEAD_ENDS,
      () => `<link rel="stylesheet" href="${files.stylesheet.url}" />${HEAD_ENDS}`,
    );
  return schemes.reduce(
    (dressed, scheme) => dressed.replace(themeColour(scheme), `$1${colours[scheme].page}$2`),
    titled,
  );
}

function themeColour(scheme: string): RegExp {
  return new RegExp(
    `(<meta name="theme-color" content=")[^"]*(" media="\\(prefers-color-scheme: ${scheme}\\)")`,
  );
}
