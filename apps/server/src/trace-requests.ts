import { propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-log.ts";
import { routeOf } from "./route.ts";

/**
 * A span for each request, in the caller's trace if it sent a `traceparent` (W3C Trace Context); the
 * answer says in `traceresponse` which trace it is. Attributes are those of OpenTelemetry's HTTP
 * conventions, without what callers choose freely: no path, no query, no address, no body.
 */
export function traceRequests(appUrl: string): MiddlewareHandler<HttpEnv> {
  const tracer = trace.getTracer("rekey-http");
  // As the caller sees it: a proxy in front may have ended TLS.
  const scheme = appUrl.startsWith("https:") ? "https" : "http";

  return async (c, next) => {
    const { method } = c.req;
    const attributes = {
      "http.request.method": method,
      "url.scheme": scheme,
      "rekey.request_id": c.get("requestId"),
    };
    // Without its `tracestate`, which may hold anything, and does not fit a mail's record.
    const traceparent = c.req.header("traceparent");
    const caller = propagation.extract(ROOT_CONTEXT, { traceparent });
    const options = { kind: SpanKind.SERVER, attributes };
    await tracer.startActiveSpan(method, options, caller, async (span) => {
      const { traceId, spanId, traceFlags } = span.spanContext();
      c.set("traceId", traceId);
      try {
        await next();
      } finally {
        const route = routeOf(c);
        const { status } = c.res;
        span.updateName(`${method} ${route}`);
        span.setAttributes({ "http.route": route, "http.response.status_code": status });
        if (status >= 500) {
          span.setAttribute("error.type", String(status));
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
        c.header("traceresponse", `00-${traceId}-${spanId}-0${traceFlags & 1}`);
      }
    });
  };
}
