import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, preview } from "vite";
import { catalogs } from "../messages/plugin.ts";
import { palette } from "../palette.ts";
import { pageGallery } from "./plugin.ts";

/**
 * Builds the gallery and serves it at a free port until it is disposed of: what tests and pictures are made
 * from, a page of it loads many times faster than from the development server.
 */
export async function serveGallery() {
  const outDir = await mkdtemp(join(tmpdir(), "rekey-gallery-"));
  const input = ["page.html", "story.html"].map((name) => join(import.meta.dirname, name));
  const config: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, ".."),
    logLevel: "warn",
    plugins: [react(), catalogs, palette, pageGallery],
    worker: { format: "es" },
    build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
  };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, host: "127.0.0.1" } });
  return {
    url: server.resolvedUrls?.local[0]?.replace(/\/$/, "") ?? "",
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
