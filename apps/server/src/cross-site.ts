import { TIME_ZONE_HEADER } from "@rekey/contract/time-zone";
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The headers of a request that say which page sent it. */
export interface Provenance {
  origin: string | undefined;
  secFetchSite: string | undefined;
}

/** Whose pages may call the API: ours, and those of a front end that is served elsewhere. */
export interface TrustedSites {
  appUrl: string;
  allowedOrigins: readonly string[];
}

/**
 * Whether a page that is not trusted made a browser send this (OWASP CSRF Cheat Sheet, "verifying
 * origin", Fetch Metadata). Programs send neither header and are no browser's deputy. An origin is
 * compared as it stands; only on a loopback `appUrl` its other loopback names count too.
 */
export function isCrossSite({ origin, secFetchSite }: Provenance, sites: TrustedSites): boolean {
  if (origin !== undefined) return !isTrusted(origin, sites);
  return secFetchSite !== undefined && secFetchSite !== "same-origin" && secFetchSite !== "none";
}

/** Lets pages of these origins, and of no others, read what the API answers (Fetch, 3.3). */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    credentials: true,
    allowMethods: ["GET", "POST"],
    allowHeaders: ["Content-Type", TIME_ZONE_HEADER],
    exposeHeaders: ["Retry-After", "X-Request-Id"],
    maxAge: 600,
  });
}

function isTrusted(origin: string, { appUrl, allowedOrigins }: TrustedSites): boolean {
  return origin === appUrl || allowedOrigins.includes(origin) || isLoopbackAlias(origin, appUrl);
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
