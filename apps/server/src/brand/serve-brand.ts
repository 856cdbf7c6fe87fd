import { createHash } from "node:crypto";
import type { PageConfig } from "@rekey/contract/page-config";
import { paletteStylesheet } from "@rekey/contract/palette-stylesheet";
import { Hono } from "hono";
import type { LoadedBrand } from "./load-brand.ts";

/** What is served for a brand. Its URL has its content's hash, so that it may be kept for ever. */
interface BrandFile {
  path: string;
  url: string;
  type: string;
  content: string;
}

function brandFile(path: string, type: string, content: string): BrandFile {
  const hash = createHash("sha256").update(content).digest("base64url").slice(0, 10);
  return { path, url: `${path}?v=${hash}`, type, content };
}

export type BrandFiles = ReturnType<typeof brandFiles>;

/** The stylesheet and the pictures of a brand; null for the built-in one, which needs none. */
export function brandFiles({ brand, pictures }: LoadedBrand) {
  if (pictures === null) return null;
  const svg = "image/svg+xml; charset=utf-8";
  // `html` makes each selector outrank the same one in the page's own stylesheet, whichever loads last.
  const css = paletteStylesheet(brand.colours, "html:root");
  return {
    stylesheet: brandFile("/brand.css", "text/css; charset=utf-8", css),
    logo: brandFile("/brand/logo.svg", svg, pictures.logo.source),
    icon: brandFile("/brand/icon.svg", svg, pictures.icon.source),
  };
}

/** Serves them: with the hash for ever, without it or with another's never from a stale cache. */
export function serveBrand(files: BrandFiles) {
  const app = new Hono();
  for (const { path, url, type, content } of Object.values(files ?? {})) {
    app.get(path, (c) => {
      const current = c.req.query("v") === url.slice(path.length + "?v=".length);
      c.header("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache");
      c.header("Content-Type", type);
      return c.body(content);
    });
  }
  return app;
}

/** What the pages are told of the brand. */
export function pageBrand({ brand, pictures }: LoadedBrand): PageConfig["brand"] {
  const url = brandFiles({ brand, pictures })?.logo.url;
  const { name, supportAddress, supportUrl, footer, logoHasName: hasName } = brand;
  const logo =
    pictures && url
      ? { url, width: pictures.logo.width, height: pictures.logo.height, hasName }
      : null;
  return { name, logo, supportAddress, supportUrl, footer };
}
