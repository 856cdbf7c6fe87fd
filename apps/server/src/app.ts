import { SESSION_LIFE } from "@rekey/accounts/sessions";
import type { AppRouter } from "@rekey/api/router";
import { CONFIRMATION_PATH, confirmationFor } from "@rekey/attack/confirmation";
import { paths } from "@rekey/contract/paths";
import { isDatabaseAway } from "@rekey/db/database-away";
import type { Outbox } from "@rekey/outbox/outbox";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { brandFiles, serveBrand } from "./brand/serve-brand.ts";
import type { Config } from "./config.ts";
import { createCookie } from "./cookie.ts";
import type { Failures } from "./failures.ts";
import { type HttpEnv, httpLog } from "./http-log.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { serveOpenApi } from "./openapi.ts";
import type { OperatorAccess } from "./operator-access.ts";
import type { ReadinessCheck } from "./readiness.ts";
import { refusedRequest } from "./refused-request.ts";
import { limitBody, wholeBody } from "./request-rules.ts";
import type { RequestsFirst } from "./requests-first.ts";
import { takeResetForm } from "./reset-form.ts";
import { routeOf } from "./route.ts";
import { noStore, securityHeaders } from "./security-headers.ts";
import { dist, type InstallationConfig, serveSpa } from "./spa.ts";
import { readSpaDocument } from "./spa-document.ts";
import { traceRequests } from "./trace-requests.ts";
import { trpcHandler } from "./trpc-handler.ts";

export interface AppOptions {
  config: Config;
  /** Null where this process does not serve the API (`ROLE=worker`). */
  router: AppRouter | null;
  readiness: Pick<ReadinessCheck, "check">;
  /** Who may read what is for operators. */
  mayRead: OperatorAccess;
  pageConfig: InstallationConfig;
  metrics: Metrics;
  /** The code of an operator who lets `rekey attack` try this deployment, or null. */
  attackConfirmation: string | null;
  /** Delivery as this process sees it. Reported to operators by /readyz; never fails it. */
  mailStatus: Outbox["status"];
  requestsFirst: RequestsFirst;
  /** What mail providers tell. */
  mailWebhooks: Hono;
  failures: Failures;
  logger: Logger;
  /** True once shutting down: no longer ready. */
  draining: () => boolean;
}

/** The HTTP face: health, metrics, API, SPA, on one origin. A worker has the first two only. */
export function createApp(options: AppOptions) {
  const {
    config,
    router,
    readiness,
    mayRead,
    pageConfig,
    metrics,
    attackConfirmation,
    mailStatus,
    requestsFirst,
    mailWebhooks,
    failures,
    logger,
    draining,
  } = options;

  const app = new Hono<HttpEnv>();
  const https = config.appUrl.startsWith("https:");
  const document = router === null ? null : readSpaDocument(dist);
  const styleHashes = document === null ? [] : [document.styleHash];
  app.use(
    httpLog(logger),
    closeWhile(draining),
    metrics.measure,
    securityHeaders(https, styleHashes),
    noStore,
  );

  app.get("/healthz", (c) => c.json({ status: "alive" }));
  app.get("/readyz", async (c) => {
    const state = draining()
      ? ({ ready: false, why: "shutting down" } as const)
      : await readiness.check();
    // Delivery and reasons say what others do here, and name accounts of the mail server (CWE-200).
    const details = mayRead(c)
      ? { ...(!state.ready && { why: state.why }), mail: mailStatus() }
      : {};
    return state.ready
      ? c.json({ status: "ready", ...details })
      : c.json({ status: "not ready", ...details }, 503);
  });
  app.get("/metrics", metrics.serve);

  // After the health and metrics routes, so that probes are not traced.
  if (config.tracing !== null) app.use(traceRequests(config.appUrl));
  if (router !== null) {
    app.use("/trpc/*", requestsFirst.count);
    app.route("/trpc", trpcHandler({ router, config, failures, observeCall: metrics.observeCall }));
    app.get("/openapi.json", serveOpenApi(router, config));
    app.route("/webhooks/mail", mailWebhooks);
    const changePassword = config.accounts ? paths.settings : paths.forgotPassword;
    app.get("/.well-known/change-password", (c) => c.redirect(changePassword, 302));
    if (attackConfirmation !== null) {
      const confirmation = confirmationFor(config.appUrl, attackConfirmation);
      app.get(CONFIRMATION_PATH, (c) => c.text(confirmation));
    }
    app.post(paths.forgotPassword, wholeBody(limitBody, "text"), takeResetForm(config, callApi));
    app.use(compress());
    app.route("/", serveBrand(brandFiles(config.brand)));
    const session = createCookie(config.appUrl, "session", SESSION_LIFE);
    const hasSession = (c: Context) => session.read(c) !== null;
    app.route("/", serveSpa({ document, pageConfig, brand: config.brand, hasSession }));
  }

  function callApi(c: Context, path: string, input: object) {
    const headers = new Headers(c.req.raw.headers);
    headers.set("content-type", "application/json");
    headers.delete("content-length");
    // Under `no-referrer` a form of our own page comes with an opaque Origin (Fetch, 3.2).
    if (headers.get("sec-fetch-site") === "same-origin") headers.delete("origin");
    const body = JSON.stringify(input);
    return Promise.resolve(app.request(path, { method: "POST", headers, body }, c.env));
  }

  app.onError((error, c) => {
    const requestId = c.get("requestId");
    failures.report({ where: `${c.req.method} ${routeOf(c)}`, requestId, error });
    const code = isDatabaseAway(error) ? "SERVICE_UNAVAILABLE" : "INTERNAL_SERVER_ERROR";
    return c.json(...refusedRequest(code, { reason: "INTERNAL", requestId }));
  });
  return app;
}

/** While draining, tells clients and proxies to open their next connection elsewhere. */
function closeWhile(draining: () => boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (draining()) c.header("Connection", "close");
  };
}
