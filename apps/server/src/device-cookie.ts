import { DEVICE_KEPT } from "@rekey/accounts/known-devices";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Reads and writes the cookie that a browser is known again by; it outlives sign-out, and opens nothing. */
export function createDeviceCookie(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  const name = secure ? "__Host-rekey_device" : "rekey_device";
  const attributes = { httpOnly: true, sameSite: "Lax", path: "/", secure } as const;
  return {
    read: (c: Context): string | null => getCookie(c, name) ?? null,
    write(c: Context, value: string) {
      setCookie(c, name, value, { ...attributes, maxAge: DEVICE_KEPT });
    },
  };
}
