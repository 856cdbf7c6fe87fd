import { timingSafeEqual } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * Prometheus metrics, without an address or a name in any label. They are for a caller on loopback,
 * not by way of a proxy, or for one that shows the token.
 */
export function createMetrics(token: string | null) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });

  const measure: MiddlewareHandler = async (c, next) => {
    const end = duration.startTimer();
    await next();
    // The route as it is written, so that a made-up path cannot make a new time series.
    end({ method: c.req.method, route: routePath(c, -1), status: c.res.status });
  };

  function allowed(c: Context): boolean {
    const [, given = ""] = (c.req.header("authorization") ?? "").split("Bearer ");
    if (token !== null && sameText(given, token)) return true;
    const direct = c.req.header("x-forwarded-for") === undefined;
    return direct && LOOPBACK.has(getConnInfo(c).remote.address ?? "");
  }

  return {
    measure,
    async serve(c: Context) {
      if (!allowed(c)) return c.text("Metrics are for loopback or with METRICS_TOKEN\n", 403);
      return c.body(await registry.metrics(), 200, { "content-type": registry.contentType });
    },
  };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
