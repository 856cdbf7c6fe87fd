import { join } from "node:path";
import type { Locale } from "@rekey/contract/locales";
import type { PageConfig } from "@rekey/contract/page-config";
import { root } from "./env.ts";

type FirstPaint = (path: string, locale: Locale, pageConfig: PageConfig) => Promise<string>;

const file = join(root, "apps/web/generated/first-paint.js");

/** What a page looks like before its JavaScript is there, drawn by the SPA's own components. */
export const firstPaint: FirstPaint = async (...args) => {
  const built = (await import(file)) as { firstPaint: FirstPaint };
  return built.firstPaint(...args);
};
