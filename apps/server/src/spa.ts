import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { PageConfig } from "@rekey/contract/page-config";
import { paths } from "@rekey/contract/paths";
import { type Context, Hono } from "hono";
import { dressPage } from "./brand/dress-page.ts";
import type { LoadedBrand } from "./brand/load-brand.ts";
import { root } from "./env.ts";
import { readSpaManifest } from "./spa-manifest.ts";
import { createPage } from "./spa-page.ts";

const dist = join(root, "apps/web/dist");
const PAGE_CONFIG = /(<script type="application\/json" id="page-config">)[^<]*(<\/script>)/;

/**
 * Serves the built SPA: hashed assets for ever, the one page never from a stale cache and with this
 * installation's configuration in it, and what its path needs fetched at once. An unknown path gets
 * the page too, as a 404.
 */
export function serveSpa(pageConfig: PageConfig, brand: LoadedBrand) {
  const app = new Hono();
  const file = join(dist, "index.html");
  if (!existsSync(file)) {
    return app.get("/*", (c) => c.text("The SPA is not built. Run `pnpm build`.\n", 503));
  }
  // "<" cannot stand in the page as itself, or a value could close the script.
  const json = JSON.stringify(pageConfig).replaceAll("<", "\\u003c");
  const page = dressPage(readFileSync(file, "utf8"), brand).replace(
    PAGE_CONFIG,
    (_all, open, close) => open + json + close,
  );

  const { preloads } = readSpaManifest(dist);
  for (const path of Object.values(paths)) {
    const serve = createPage(page.replace("</head>", () => `${preloads(path)}</head>`));
    app.get(path, (c) => serve(c, 200));
  }
  const serveAny = createPage(page);
  app.get("/index.html", (c) => serveAny(c, 200));
  // How it was built concerns nobody.
  app.get("/build-manifest.json", (c) => serveAny(c, 404));
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.header("Cache-Control", "public, max-age=31536000, immutable");
  });
  const onFound = (_path: string, c: Context) => c.header("Cache-Control", "no-cache");
  app.use("/*", serveStatic({ root: dist, precompressed: true, onFound }));
  app.get("/*", (c) => serveAny(c, 404));
  return app;
}
