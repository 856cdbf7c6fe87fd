/** What of the browser decides where the page belongs. */
export interface Here {
  origin: string;
  pathname: string;
  search: string;
  hash: string;
}

/**
 * Where a page that was opened under another name than `appUrl` belongs, or null where it may stay:
 * only there may it call the API. An `appUrl` on loopback is of no use to another machine.
 */
export function ownAddress(
  appUrl: string,
  { origin, pathname, search, hash }: Here,
): string | null {
  if (appUrl === "" || origin === appUrl || isLoopback(appUrl)) return null;
  return appUrl + pathname + search + hash;
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
