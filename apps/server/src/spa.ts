import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { directionOf } from "@rekey/contract/locales";
import type { PageConfig } from "@rekey/contract/page-config";
import { accountPaths, paths } from "@rekey/contract/paths";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { dressPage } from "./brand/dress-page.ts";
import type { LoadedBrand } from "./brand/load-brand.ts";
import { root } from "./env.ts";
import { firstPaint } from "./first-paint.ts";
import { readSentCookie } from "./sent-cookie.ts";
import type { SpaDocument } from "./spa-document.ts";
import { readSpaManifest } from "./spa-manifest.ts";
import { createPage, type ServePage } from "./spa-page.ts";
import { type Visitor, visitorOf } from "./visitor.ts";

export const dist = join(root, "apps/web/dist");
const PAGE_CONFIG = /(<script type="application\/json" id="page-config">)[^<]*(<\/script>)/;
const DESCRIPTION = /(<meta name="description" content=")[^"]*(")/;
const NO_SCRIPT = /(<p class="noscript">)[^<]*(<\/p>)/;

/** What a search engine may list: the others mean nothing to whoever has no link or session. */
const indexed: readonly string[] = [paths.home, paths.signIn, paths.signUp, paths.forgotPassword];

/** What pages are told of this installation, whoever asks for them. */
export type InstallationConfig = Omit<PageConfig, "signedOut">;

interface SpaOptions {
  /** Null where the SPA is not built. */
  document: SpaDocument | null;
  pageConfig: InstallationConfig;
  brand: LoadedBrand;
  /** Whether a request comes with a session, a valid one or not. */
  hasSession: (c: Context) => boolean;
}

/**
 * Serves the built SPA: hashed assets for ever, each page never from a stale cache, in the reader's
 * language and already drawn, with this installation's configuration in it, and what its path needs
 * fetched at once. An unknown path gets a page too, as a 404.
 */
export function serveSpa({ document, pageConfig, brand, hasSession }: SpaOptions) {
  const app = new Hono();
  if (document === null) {
    return app.get("/*", (c) => c.text("The SPA is not built. Run `pnpm build`.\n", 503));
  }
  const dressed = dressPage(document.html, brand);
  const { preloads } = readSpaManifest(dist);
  const drawn = new Map<string, Promise<ServePage>>();

  async function draw(path: string, { locale, theme, signedOut }: Visitor, state?: unknown) {
    const config = { ...pageConfig, signedOut };
    // "<" cannot stand in the page as itself, or a value could close the script.
    const json = JSON.stringify(config).replaceAll("<", "\\u003c");
    const { picture, description, needsJavaScript } = await firstPaint({
      path,
      locale,
      theme,
      pageConfig: config,
      ...(state !== undefined && { state }),
    });
    const works = path === paths.forgotPassword || state !== undefined ? " data-works" : "";
    return (
      dressed
        .replace(
          /<html[^>]*>/,
          `<html lang="${locale}" dir="${directionOf(locale)}" data-theme="${theme}">`,
        )
        .replace(PAGE_CONFIG, (_all, open, close) => open + json + close)
        .replace(DESCRIPTION, (_all, open, close) => open + html`${description}` + close)
        .replace(NO_SCRIPT, (_all, open, close) => open + html`${needsJavaScript}` + close)
        .replace("</head>", () => `${preloads(path, locale)}</head>`)
        // What is typed into it is kept when React puts the page in its place (lib/early-input.ts).
        .replace('<div id="root">', (open) => `${open}<div data-drawn${works}>${picture}</div>`)
    );
  }

  async function serve(c: Context, path: string, status: 200 | 404) {
    const visitor = visitorOf(c, hasSession(c));
    const sent = path === paths.checkMail ? readSentCookie(c) : undefined;
    if (sent !== undefined) return c.html(await draw(path, visitor, sent), status);
    const key = [path, ...Object.values(visitor)].join();
    // As few as there are paths, languages and themes; each is drawn when it is first asked for.
    const page = drawn.get(key) ?? draw(path, visitor).then(createPage);
    drawn.set(key, page);
    if (!indexed.includes(path)) c.header("X-Robots-Tag", "noindex");
    c.header("Vary", "Accept-Language, Cookie", { append: true });
    return (await page)(c, status);
  }

  for (const path of Object.values(paths)) {
    if (!pageConfig.accounts && accountPaths.includes(path)) continue;
    app.get(path, (c) => serve(c, path, 200));
    // A form that was sent before its JavaScript was there, other than the one that works without.
    app.post(path, (c) => c.redirect(path, 303));
  }
  app.get("/index.html", (c) => serve(c, "*", 200));
  // Do not serve the build manifest.
  app.get("/build-manifest.json", (c) => serve(c, "*", 404));
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.header("Cache-Control", "public, max-age=31536000, immutable");
  });
  const onFound = (_path: string, c: Context) => c.header("Cache-Control", "no-cache");
  app.use("/*", serveStatic({ root: dist, precompressed: true, onFound }));
  app.get("/*", (c) => serve(c, "*", 404));
  return app;
}
