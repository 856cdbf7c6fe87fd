import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/**
 * Reads and writes a cookie of ours, out of scripts' reach: `__Host-` and Secure where the site is on
 * https. `life` in seconds; null takes the cookie away.
 */
export function createCookie(appUrl: string, title: "session" | "device", life: number) {
  const secure = appUrl.startsWith("https:");
  const name = `${secure ? "__Host-" : ""}rekey_${title}`;
  const attributes = { httpOnly: true, sameSite: "Lax", path: "/", secure } as const;
  return {
    read: (c: Context): string | null => getCookie(c, name) ?? null,
    write(c: Context, value: string | null) {
      if (value === null) deleteCookie(c, name, attributes);
      else setCookie(c, name, value, { ...attributes, maxAge: life });
    },
  };
}
