import { defineConfig } from "vite";
import web from "../../../apps/web/vite.config.ts";
import { mailPreview } from "./plugin.ts";

/** The SPA's own configuration, and the mails beside it: what `pnpm dev` runs. */
export default defineConfig({ ...web, plugins: [...(web.plugins ?? []), mailPreview()] });
