import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** What our pages never ask for, so that nothing that got into them can either. */
const unused = [
  "accelerometer",
  "camera",
  "displayCapture",
  "geolocation",
  "gyroscope",
  "hid",
  "idleDetection",
  "localFonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "screenWakeLock",
  "serial",
  "usb",
  "xrSpatialTracking",
] as const;

/**
 * What a browser may do with our pages (OWASP Secure Headers): our own files and the style whose hash
 * is named only, no frames, no Referer, and HTTPS for good once it was used.
 */
export function securityHeaders(https: boolean, styleHashes: string[] = []): MiddlewareHandler {
  const pages = headers(https, {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", ...styleHashes],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  });
  // An SVG opened by itself is a document: it may style itself, and nothing else.
  const pictures = headers(https, {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    sandbox: [],
  });
  return (c, next) => (c.req.path.startsWith("/brand/") ? pictures : pages)(c, next);
}

type Policy = NonNullable<Parameters<typeof secureHeaders>[0]>["contentSecurityPolicy"];

function headers(https: boolean, contentSecurityPolicy: Policy & object) {
  return secureHeaders({
    contentSecurityPolicy,
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    permissionsPolicy: Object.fromEntries(unused.map((feature) => [feature, []])),
    strictTransportSecurity: https ? "max-age=31536000; includeSubDomains" : false,
    // Old Internet Explorer and Flash; says nothing to a browser of today.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    originAgentCluster: false,
  });
}

/** Nothing is kept by a cache unless its route says for how long (OWASP Session Management). */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) c.header("Cache-Control", "no-store");
};
