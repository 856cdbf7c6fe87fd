import type { Context, MiddlewareHandler } from "hono";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { HttpEnv } from "./http-log.ts";
import type { OperatorAccess } from "./operator-access.ts";
import { routeOf } from "./route.ts";

export type Metrics = ReturnType<typeof createMetrics>;

/** Prometheus metrics, without an address or a name in any label, for callers that `mayRead`. */
export function createMetrics(mayRead: OperatorAccess) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const outcomes = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ["outcome"], registers });
  const signIns = outcomes("rekey_sign_ins_total", "Tries to sign in, by outcome.");
  const requests = outcomes("rekey_reset_requests_total", "Requests for a reset, by outcome.");
  const resets = outcomes("rekey_resets_total", "Uses of a reset link, by outcome.");
  const webhookEvents = new Counter({
    name: "rekey_mail_webhook_events_total",
    help: "What mail providers told, by provider and event; repetitions count too.",
    labelNames: ["provider", "event"],
    registers,
  });

  const measure: MiddlewareHandler<HttpEnv> = async (c, next) => {
    const end = duration.startTimer();
    await next();
    end({ method: c.req.method, route: routeOf(c), status: c.res.status });
  };

  return {
    registry,
    measure,
    /** Counts a call of a procedure; `reason` null when it did what was asked. */
    observeCall(procedure: string, reason: string | null) {
      if (procedure === "signIn") signIns.inc({ outcome: reason ?? "signedIn" });
      if (procedure === "requestReset") requests.inc({ outcome: reason ?? "accepted" });
      if (procedure === "resetPassword") resets.inc({ outcome: reason ?? "reset" });
    },
    observeWebhookEvent(provider: string, event: string) {
      webhookEvents.inc({ provider, event });
    },
    async serve(c: Context) {
      if (!mayRead(c)) return c.text("Metrics are for loopback or with METRICS_TOKEN\n", 403);
      return c.body(await registry.metrics(), 200, { "content-type": registry.contentType });
    },
  };
}
