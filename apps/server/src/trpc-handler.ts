import { getConnInfo } from "@hono/node-server/conninfo";
import { DEVICE_KEPT } from "@rekey/accounts/known-devices";
import { SESSION_LIFE } from "@rekey/accounts/sessions";
import type { ApiContext } from "@rekey/api/context";
import { RefusalError } from "@rekey/api/refusal-error";
import type { AppRouter } from "@rekey/api/router";
import { knownTimeZone, TIME_ZONE_HEADER } from "@rekey/contract/time-zone";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type Context, Hono } from "hono";
import type { Alerts } from "./alerts.ts";
import type { Config } from "./config.ts";
import { createCookie } from "./cookie.ts";
import { allowOrigins, isCrossSite } from "./cross-site.ts";
import type { HttpEnv } from "./http-log.ts";
import type { Logger } from "./logger.ts";
import { clientNetwork } from "./network.ts";
import { acceptJsonOnly, limitBody, MAX_BATCH } from "./request-rules.ts";
import { describeUserAgent, wantedLocale } from "./requester.ts";

export interface TrpcHandlerOptions {
  router: AppRouter;
  config: Config;
  logger: Logger;
  alerts: Alerts;
  observeCall: ApiContext["observe"];
}

/** Serves the router under /trpc: plain JSON in and out, one context for each request. */
export function trpcHandler(options: TrpcHandlerOptions) {
  const { router, config, logger, alerts, observeCall } = options;
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
      setCookie: (value) => sessionCookie.write(c, value),
      setDevice: (value) => deviceCookie.write(c, value),
    };
  }

  const app = new Hono<HttpEnv>();
  if (config.allowedOrigins.length > 0) app.use(allowOrigins(config.allowedOrigins));
  app.use(acceptJsonOnly, limitBody);
  app.all("/*", async (c) => {
    const name = c.req.path.slice("/trpc/".length);
    if (procedures.has(name)) c.set("procedure", `/trpc/${name}`);
    const response = await fetchRequestHandler({
      endpoint: "/trpc",
      req: c.req.raw,
      router,
      maxBatchSize: MAX_BATCH,
      createContext: () => createContext(c),
      onError({ error, path, ctx }) {
        if (error.code !== "INTERNAL_SERVER_ERROR") return;
        const requestId = ctx?.requester.requestId ?? c.get("requestId");
        const where = `/trpc/${path ?? ""}`;
        const cause = error.cause ?? error;
        logger.error({ requestId, where, err: cause }, "unexpected failure");
        alerts.report({ where, requestId, error: cause });
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

function retryAfter(error: unknown): number {
  const refusal = error instanceof RefusalError ? error.refusal : null;
  return refusal?.reason === "RATE_LIMITED" ? refusal.retryAfter : 0;
}
