/** Holds where a browser takes no cookies: as long as the page lasts. */
const held = new Map<string, string>();

/** In seconds. */
const YEAR = 31_536_000;

/** What was chosen on this device, or null. */
export function readChoice(cookie: string): string | null {
  const [, value] = document.cookie.match(new RegExp(`(?:^|; )${cookie}=([^;]*)`)) ?? [];
  return value ?? held.get(cookie) ?? null;
}

/** Keeps a choice for the next visit: in a cookie, so that the server draws the page by it. */
export function keepChoice(cookie: string, value: string): void {
  held.set(cookie, value);
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: Safari below 18.4 and Firefox below 140 have no Cookie Store.
  document.cookie = `${cookie}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}
