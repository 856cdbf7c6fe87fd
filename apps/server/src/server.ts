import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { VERIFY_LINK_LIFE } from "@rekey/accounts/compose-sign-up-mail";
import { createApp } from "./app.ts";
import { pageBrand } from "./brand/serve-brand.ts";
import type { Config, Secrets } from "./config.ts";
import type { Logger } from "./logger.ts";
import { type MailCatcher, startMailCatcher } from "./mail-catcher.ts";
import { mailWebhookProviders } from "./mail-webhook-providers.ts";
import { mailWebhooks } from "./mail-webhooks.ts";
import { createMetrics } from "./metrics.ts";
import { createOperatorAccess } from "./operator-access.ts";
import { createReadiness } from "./readiness.ts";
import { gaugeReadiness } from "./readiness-metrics.ts";
import { createRequestsFirst } from "./requests-first.ts";
import { createServices } from "./services.ts";
import type { Tracing } from "./tracing.ts";
import { createWebhookTokens } from "./webhook-tokens.ts";

/** How long what is in hand may take to finish once the end is announced, in milliseconds. */
const DRAIN = 8000;

/**
 * How long a client may take to send its headers, and all of its request, in milliseconds: 64 kB come
 * through on any line in that time, and a thousand that dribble hold nothing for long.
 */
const HEADERS = 15_000;
const REQUEST = 30_000;

export interface RunningServer {
  url: string;
  mailCatcherUrl: string | null;
  /** For a failure that nothing caught: logs it and tells the admins. */
  crash(error: unknown): Promise<void>;
  /**
   * Says for DRAIN_DELAY seconds that it will be gone, still serving; then takes nothing new, finishes
   * or gives back what is in hand, and closes everything.
   */
  stop(): Promise<void>;
}

export interface ServerOptions {
  config: Config;
  secrets: Secrets;
  logger: Logger;
}

/** Starts everything this process's role asks for; resolves when it can be used. */
export async function startServer({
  config,
  secrets,
  logger,
}: ServerOptions): Promise<RunningServer> {
  const catcher = secrets.smtp === null ? await startMailCatcher(config.dataDir) : null;
  const smtp = secrets.smtp ?? catcherSettings(catcher);
  const requestsFirst = createRequestsFirst();
  const tracing = await traceIfWanted({ config, secrets, logger });
  const { trustedProxies } = config;
  const mayRead = createOperatorAccess({ token: secrets.metricsToken, trustedProxies });
  const metrics = createMetrics(mayRead);
  const services = await createServices({
    config,
    secrets,
    smtp,
    logger,
    metrics,
    requestsFirst,
  });
  let draining = false;
  const readiness = createReadiness({
    prisma: services.prisma,
    sql: services.sql,
    dataDir: secrets.database.engine === "pglite" ? secrets.database.dataDir : null,
    failures: services.failures,
    logger,
  });
  gaugeReadiness(metrics.registry, readiness, () => draining);

  const app = createApp({
    config,
    router: config.role === "worker" ? null : services.router,
    readiness,
    mayRead,
    pageConfig: {
      appUrl: config.appUrl,
      passwordPolicy: services.passwordPolicy,
      accounts: config.accounts,
      signInUrl: config.signInUrl,
      resetTokenTtl: config.resetTokenTtl,
      resetMethod: config.resetMethod,
      verifyTokenTtl: VERIFY_LINK_LIFE,
      resendCooldown: config.resendCooldown,
      sender: config.sender,
      mailCatcherUrl: catcher?.url ?? null,
      brand: pageBrand(config.brand),
    },
    metrics,
    attackConfirmation: secrets.attackConfirmation,
    mailStatus: services.mailStatus,
    requestsFirst,
    mailWebhooks: mailWebhooks({
      ...mailWebhookProviders({
        config,
        secrets,
        fetch,
        now: () => new Date(),
        seenTokens: createWebhookTokens(services.prisma),
      }),
      receive: services.receiveBounces,
      logger,
      onEvent: metrics.observeWebhookEvent,
    }),
    failures: services.failures,
    logger,
    draining: () => draining,
  });
  const serverOptions = { headersTimeout: HEADERS, requestTimeout: REQUEST };
  // The host name is for requests of HTTP/1.0 that name none, as some health checks send them.
  const hostname = "localhost";
  const http = createAdaptorServer({ fetch: app.fetch, hostname, serverOptions }) as Server;
  try {
    http.listen(config.port);
    await once(http, "listening");
  } catch (error) {
    await Promise.all([services.close(0), catcher?.stop(), tracing?.stop()]);
    throw error;
  }
  if (config.role !== "api") await services.work();
  const watch = readiness.watch();

  return {
    url: `http://localhost:${config.port}`,
    mailCatcherUrl: catcher?.url ?? null,
    async crash(error) {
      logger.fatal({ err: error }, "crashing");
      services.alerts.report({ where: "process", requestId: "none", error });
      await Promise.all([services.alerts.flush(), tracing?.stop()]);
    },
    async stop() {
      draining = true;
      await sleep(config.drainDelay * 1000);
      watch[Symbol.dispose]();
      const closed = once(http, "close");
      http.close();
      http.closeIdleConnections();
      const impatience = setTimeout(() => http.closeAllConnections(), DRAIN).unref();
      await closed;
      clearTimeout(impatience);
      await services.close(DRAIN / 2);
      await tracing?.stop();
      await catcher?.stop();
    },
  };
}

/** Loads what tracing takes only where it is switched on. */
async function traceIfWanted(options: ServerOptions): Promise<Tracing | null> {
  const { config, secrets, logger } = options;
  if (config.tracing === null) return null;
  const { startTracing } = await import("./tracing.ts");
  return startTracing({
    ...config.tracing,
    headers: secrets.tracingHeaders,
    role: config.role,
    logger,
  });
}

function catcherSettings(catcher: MailCatcher | null) {
  if (catcher === null) throw new Error("Neither a mail server nor a mail catcher");
  return { host: "127.0.0.1", port: catcher.smtpPort, security: "none" } as const;
}
