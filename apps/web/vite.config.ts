import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { pageGallery } from "./gallery/plugin.ts";
import { catalogs } from "./messages/plugin.ts";
import { palette } from "./palette.ts";
import { precompress } from "./precompress.ts";

const port = Number(process.env.PORT ?? 3000);
const api = `http://localhost:${process.env.API_PORT ?? 3001}`;

/** In development too, the page gets this installation's configuration and brand: from the page the server has. */
const pageConfig: Plugin = {
  name: "page-config",
  apply: "serve",
  async transformIndexHtml(html, { path }) {
    // A story brings its own.
    if (path.startsWith("/gallery/")) return html;
    const answer = await fetch(api).catch(() => null);
    const page = (await answer?.text()) ?? "";
    const [, config = "{}"] = page.match(/id="page-config">([^<]*)</) ?? [];
    const brand = page.match(/<link rel="(?:icon|stylesheet)" href="\/brand[^>]*>/g) ?? [];
    return html
      .replace(/(id="page-config">)[^<]*/, (_all, open) => open + config)
      .replace("</head>", () => `${brand.join("")}</head>`);
  },
};

export default defineConfig({
  plugins: [react(), catalogs, palette, pageConfig, pageGallery, precompress()],
  server: {
    port,
    strictPort: true,
    proxy: { "/brand": api, "/trpc": api, "/healthz": api, "/readyz": api, "/.well-known": api },
  },
  worker: {
    // So that a worker can load a part of itself later, under a name that says whose it is.
    format: "es",
    rolldownOptions: { output: { chunkFileNames: "assets/strength-[name]-[hash].js" } },
  },
  build: {
    // Tells the server which files a page takes.
    manifest: "build-manifest.json",
    // The content security policy allows neither inline code nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    // What pages share comes in one file: a dozen of a few hundred bytes each compress badly.
    rolldownOptions: {
      // tRPC's modules only define things, and do not say so: its WebSocket link would come along unused.
      treeshake: { moduleSideEffects: [{ test: /node_modules.@trpc/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            {
              name: "shared",
              // The form for a reset is the home page, too, where there are no accounts.
              test: /src.(lib|components|features.(session|new-password|preferences|forgot-password|check-mail.use-request-reset))/,
            },
          ],
        },
      },
    },
  },
});
