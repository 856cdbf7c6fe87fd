import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogs } from "./messages/plugin.ts";

/** Builds what the server draws pages with before their JavaScript is there: one file, React included. */
export default defineConfig({
  plugins: [react(), catalogs],
  define: { "process.env.NODE_ENV": '"production"' },
  ssr: { noExternal: true },
  build: {
    ssr: "src/first-paint.tsx",
    outDir: "generated",
    copyPublicDir: false,
    minify: true,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
