import { getConnInfo } from "@hono/node-server/conninfo";
import type { ApiContext } from "@rekey/api/context";
import { messageOf, RefusalError } from "@rekey/api/refusal-error";
import type { AppRouter } from "@rekey/api/router";
import { tooLarge } from "@rekey/api/to-refusal";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Alerts } from "./alerts.ts";
import type { Config } from "./config.ts";
import { isCrossSite } from "./cross-site.ts";
import type { HttpEnv } from "./http-log.ts";
import type { Logger } from "./logger.ts";
import { clientNetwork } from "./network.ts";
import { describeUserAgent, wantedLocale } from "./requester.ts";
import { createSessionCookie } from "./session-cookie.ts";

const MAX_BODY = 64 * 1024;
const MAX_BATCH = 10;

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
  const sessionCookie = createSessionCookie(config.appUrl);

  function createContext(c: Context<HttpEnv>): ApiContext {
    const socketAddress = getConnInfo(c).remote.address;
    const forwardedFor = c.req.header("x-forwarded-for");
    return {
      requester: {
        requestId: c.get("requestId"),
        network: clientNetwork(socketAddress, forwardedFor, config.trustedProxies),
        ...describeUserAgent(c.req.header("user-agent")),
        locale: wantedLocale(c.req.header("accept-language")),
      },
      crossSite: isCrossSite(
        { origin: c.req.header("origin"), secFetchSite: c.req.header("sec-fetch-site") },
        config.appUrl,
      ),
      cookie: sessionCookie.read(c),
      observe: observeCall,
      setCookie: (value) => sessionCookie.write(c, value),
    };
  }

  const app = new Hono<HttpEnv>();
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      onError: (c) => c.json({ error: tooLargeError }, 413),
    }),
  );
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
        const headers = new Headers({ "cache-control": "no-store" });
        if (wait > 0) headers.set("retry-after", String(wait));
        return { headers };
      },
    });
    // A new response, so that Hono adds what was set on its context: the cookie, the headers. Its body
    // is text, which the host writes in one go, where a stream goes by way of several objects.
    return c.newResponse(await response.text(), response);
  });
  return app;
}

/** What tRPC would say, had it been let read that much. */
const tooLargeError = {
  message: messageOf(tooLarge),
  code: TRPC_ERROR_CODES_BY_KEY.PAYLOAD_TOO_LARGE,
  data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, ...tooLarge },
};

function retryAfter(error: unknown): number {
  const refusal = error instanceof RefusalError ? error.refusal : null;
  return refusal?.reason === "RATE_LIMITED" ? refusal.retryAfter : 0;
}
