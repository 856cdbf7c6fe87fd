import { getConnInfo } from "@hono/node-server/conninfo";
import { DEVICE_KEPT } from "@rekey/accounts/known-devices";
import { SESSION_LIFE } from "@rekey/accounts/sessions";
import type { ApiContext } from "@rekey/api/context";
import { RefusalError } from "@rekey/api/refusal-error";
import type { AppRouter } from "@rekey/api/router";
import { knownTimeZone, TIME_ZONE_HEADER } from "@rekey/contract/time-zone";
import { isDatabaseAway } from "@rekey/db/database-away";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type Context, Hono } from "hono";
import type { Config } from "./config.ts";
import { createCookie } from "./cookie.ts";
import { allowOrigins, isCrossSite } from "./cross-site.ts";
import type { Failures } from "./failures.ts";
import type { HttpEnv } from "./http-log.ts";
import { clientNetwork } from "./network.ts";
import { acceptJsonOnly, limitBody, MAX_BATCH, wholeBody } from "./request-rules.ts";
import { describeUserAgent, wantedLocale } from "./requester.ts";
import { routeOf } from "./route.ts";

export interface TrpcHandlerOptions {
  router: AppRouter;
  config: Config;
  failures: Failures;
  observeCall: ApiContext["observe"];
}

/** Serves the router under /trpc: plain JSON in and out, one context for each request. */
export function trpcHandler(options: TrpcHandlerOptions) {
  const { router, config, failures, observeCall } = options;
  const procedures = new Set(Object.keys(router._def.procedures));
  const sessionCookie = createCookie(config.appUrl, "session", SESSION_LIFE);
  // By it a browser is known again: it outlives sign-out, and signs nobody in.
  const deviceCookie = createCookie(config.appUrl, "device", DEVICE_KEPT);

  function createContext(c: Context<HttpEnv>): ApiContext {
    const socketAddress = getConnInfo(c).remote.address;
    const forwardedFor = c.req.header("x-forwarded-for");
    return {
      requester: {
        requestId: c.get("requestId"),
        network: clientNetwork(socketAddress, forwardedFor, config.trustedProxies),
        ...describeUserAgent(c.req.header("user-agent")),
        locale: wantedLocale(c.req.header("accept-language")),
        timeZone: knownTimeZone(c.req.header(TIME_ZONE_HEADER)),
      },
      crossSite: isCrossSite(
        { origin: c.req.header("origin"), secFetchSite: c.req.header("sec-fetch-site") },
        config,
      ),
      cookie: sessionCookie.read(c),
      device: deviceCookie.read(c),
      observe: observeCall,
      isOutage: isDatabaseAway,
      setCookie: (value) => sessionCookie.write(c, value),
      setDevice: (value) => deviceCookie.write(c, value),
    };
  }

  const app = new Hono<HttpEnv>();
  if (config.allowedOrigins.length > 0) app.use(allowOrigins(config.allowedOrigins));
  app.use(acceptJsonOnly, wholeBody(limitBody, "text"));
  app.all("/*", async (c) => {
    const name = c.req.path.slice("/trpc/".length);
    if (procedures.has(name)) c.set("procedure", `/trpc/${name}`);
    const response = await fetchRequestHandler({
      endpoint: "/trpc",
      req: withBodyOf(c),
      router,
      maxBatchSize: MAX_BATCH,
      createContext: () => createContext(c),
      onError({ error, path, ctx }) {
        if (error.code !== "INTERNAL_SERVER_ERROR" && error.code !== "SERVICE_UNAVAILABLE") return;
        const requestId = ctx?.requester.requestId ?? c.get("requestId");
        const where = procedures.has(path ?? "") ? `/trpc/${path}` : routeOf(c);
        failures.report({ where, requestId, error: error.cause ?? error });
      },
      responseMeta({ errors }) {
        const wait = Math.max(0, ...errors.map(retryAfter));
        return wait > 0 ? { headers: new Headers({ "retry-after": String(wait) }) } : {};
      },
    });
    // The router names no type where it refuses a request before any procedure is found.
    if (!response.headers.has("content-type")) {
      response.headers.set("content-type", "application/json");
    }
    // A new response, so that Hono adds what was set on its context: the cookie, the headers. Its body
    // is text, which the host writes in one go, where a stream goes by way of several objects.
    return c.newResponse(await response.text(), response);
  });
  return app;
}

/** The request, with the body that was read already. */
function withBodyOf(c: Context): Request {
  return new Proxy(c.req.raw, {
    get(request, name) {
      if (name === "json") return () => c.req.json();
      const value: unknown = Reflect.get(request, name, request);
      return typeof value === "function" ? value.bind(request) : value;
    },
  });
}

/** How long a client is asked to wait while the database is away, in seconds. */
const OUTAGE_RETRY_SECONDS = 5;

function retryAfter(error: TRPCError): number {
  if (error.code === "SERVICE_UNAVAILABLE") return OUTAGE_RETRY_SECONDS;
  const refusal = error instanceof RefusalError ? error.refusal : null;
  return refusal?.reason === "RATE_LIMITED" ? refusal.retryAfter : 0;
}
