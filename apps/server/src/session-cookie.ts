import { SESSION_LIFE } from "@rekey/accounts/sessions";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Reads and writes the session cookie: `__Host-` and Secure where the site is on https. */
export function createSessionCookie(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  const name = secure ? "__Host-rekey_session" : "rekey_session";
  const attributes = { httpOnly: true, sameSite: "Lax", path: "/", secure } as const;
  return {
    read: (c: Context): string | null => getCookie(c, name) ?? null,
    write(c: Context, value: string | null) {
      if (value === null) deleteCookie(c, name, attributes);
      else setCookie(c, name, value, { ...attributes, maxAge: SESSION_LIFE });
    },
  };
}
