const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The headers of a request that say which page sent it. */
export interface Provenance {
  origin: string | undefined;
  secFetchSite: string | undefined;
}

/**
 * Whether a page that is not ours made a browser send this (OWASP CSRF Cheat Sheet, "verifying
 * origin", Fetch Metadata). Programs send neither header and are no browser's deputy. `appUrl` is
 * the only site of ours; on a loopback one, its other loopback names count too.
 */
export function isCrossSite({ origin, secFetchSite }: Provenance, appUrl: string): boolean {
  if (origin !== undefined) return origin !== appUrl && !isLoopbackAlias(origin, appUrl);
  return secFetchSite !== undefined && secFetchSite !== "same-origin" && secFetchSite !== "none";
}

function isLoopbackAlias(origin: string, appUrl: string): boolean {
  const [there, here] = [URL.parse(origin), new URL(appUrl)];
  return (
    there !== null &&
    there.port === here.port &&
    there.protocol === here.protocol &&
    LOOPBACK.has(there.hostname) &&
    LOOPBACK.has(here.hostname)
  );
}
