import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const port = Number(process.env.PORT ?? 3000);
const api = `http://localhost:${process.env.API_PORT ?? 3001}`;

export default defineConfig({
  plugins: [react()],
  server: {
    port,
    strictPort: true,
    // The Host header is kept: the API compares it with Origin.
    proxy: { "/trpc": api, "/healthz": api, "/readyz": api, "/.well-known": api },
  },
  build: {
    // The content security policy allows neither inline code nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
  },
});
