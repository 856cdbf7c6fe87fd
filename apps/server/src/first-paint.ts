import { join } from "node:path";
import type { Locale } from "@rekey/contract/locales";
import type { PageConfig } from "@rekey/contract/page-config";
import type { Theme } from "@rekey/contract/theme";
import { root } from "./env.ts";

/** As apps/web/src/first-paint.tsx describes it. */
interface FirstPaint {
  picture: string;
  description: string;
  needsJavaScript: string;
}

type Draw = (options: {
  path: string;
  locale: Locale;
  theme: Theme;
  pageConfig: PageConfig;
  state?: unknown;
}) => Promise<FirstPaint>;

const file = join(root, "apps/web/generated/first-paint.js");

/** What a page looks like, and says, before its JavaScript is there, by the SPA's own components. */
export const firstPaint: Draw = async (options) => {
  const built = (await import(file)) as { firstPaint: Draw };
  return built.firstPaint(options);
};
