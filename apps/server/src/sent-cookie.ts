import { SENT_COOKIE, SENT_COOKIE_PATH } from "@rekey/contract/sent-cookie";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Reads what a reset without JavaScript left for the page that waits; undefined if there is nothing. */
export function readSentCookie(c: Context): unknown {
  const value = getCookie(c, SENT_COOKIE);
  if (value === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(value, "base64url").toString());
  } catch {
    return undefined;
  }
}

/** Leaves it there for `life` seconds: as long as a link works. */
export function writeSentCookie(c: Context, state: object, life: number, secure: boolean): void {
  setCookie(c, SENT_COOKIE, Buffer.from(JSON.stringify(state)).toString("base64url"), {
    path: SENT_COOKIE_PATH,
    maxAge: life,
    sameSite: "Lax",
    secure,
  });
}
