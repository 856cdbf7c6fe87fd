import { chooseLocale, defaultLocale, LOCALE_COOKIE, type Locale } from "@rekey/contract/locales";
import { isTheme, THEME_COOKIE, type Theme } from "@rekey/contract/theme";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { wantedLocale } from "./requester.ts";

/** What a page is drawn by, besides its path. */
export interface Visitor {
  locale: Locale;
  theme: Theme;
  /** Came without a session; with one, a valid one or not, who it is takes a look into the database. */
  signedOut: boolean;
}

/** As the SPA finds it: language and theme as chosen on this device, else as the browser has them. */
export function visitorOf(c: Context, hasSession: boolean): Visitor {
  const [locale, theme] = [getCookie(c, LOCALE_COOKIE), getCookie(c, THEME_COOKIE)];
  return {
    locale:
      chooseLocale([locale ?? ""]) ??
      wantedLocale(c.req.header("accept-language")) ??
      defaultLocale,
    theme: isTheme(theme) ? theme : "system",
    signedOut: !hasSession,
  };
}
