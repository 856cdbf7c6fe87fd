import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Logger } from "./logger.ts";
import { routeOf } from "./route.ts";

/** What our middleware leaves in the context of a request. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    /** The route in metrics and traces, where it says more than the router's pattern. */
    procedure?: string;
    /** The trace this request is part of, where requests are traced. */
    traceId?: string;
  };
}

/** Gives every request an id and one log line: method, route (never the path) and outcome. */
export function httpLog(logger: Logger): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const requestId = randomUUID();
    c.set("requestId", requestId);
    const start = performance.now();
    await next();
    c.header("X-Request-Id", requestId);
    const ms = Math.round(performance.now() - start);
    const { method } = c.req;
    const { status } = c.res;
    const traceId = c.get("traceId");
    logger.info({ requestId, traceId, method, route: routeOf(c), status, ms }, "request");
  };
}
