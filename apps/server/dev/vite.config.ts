import { mailPreview } from "@rekey/emails/preview";
import { defineConfig } from "vite";
import web from "../../web/vite.config.ts";
import { readEnv } from "../src/env.ts";
import { previewBrand } from "./preview-brand.ts";

/** The SPA's own configuration, and the mails beside it in this installation's brand: what `pnpm dev` runs. */
export default defineConfig({
  ...web,
  plugins: [...(web.plugins ?? []), mailPreview(previewBrand(readEnv))],
});
