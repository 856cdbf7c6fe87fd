import { randomUUID } from "node:crypto";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Config } from "./config.ts";
import type { Logger } from "./logger.ts";
import { reportingExporter } from "./reporting-exporter.ts";
import { createSampler } from "./sampler.ts";

/** How long spans are gathered, in milliseconds. */
const GATHER = 2000;
/** How long the end of the process waits for the collector, in milliseconds. */
const FLUSH = 1500;

export interface TracingOptions extends NonNullable<Config["tracing"]> {
  /** Headers of every request to the collector. */
  headers: Record<string, string>;
  role: Config["role"];
  logger: Pick<Logger, "info" | "warn">;
}

export interface Tracing {
  /** Sends what is gathered, within a second and a half or not at all, and traces no more. */
  stop(): Promise<void>;
}

/**
 * Sends this process's spans to `endpoint`/v1/traces (OTLP over HTTP, in JSON) in batches behind the
 * work. At most 2048 spans wait, so a collector that is slow or away costs spans, never time. Load it
 * only where traces are wanted: without it the calls of @opentelemetry/api do nothing.
 */
export function startTracing(options: TracingOptions): Tracing {
  const { endpoint, headers, serviceName, resource, sampler, role, logger } = options;
  // Timeout, compression and certificates are what the exporter itself reads from OTEL_EXPORTER_OTLP_….
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        "service.instance.id": randomUUID(),
        ...resource,
        "service.name": serviceName,
        "rekey.role": role,
      }),
    ),
    sampler: createSampler(sampler),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: reportingExporter(exporter, logger),
        scheduledDelayMillis: GATHER,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);

  return {
    async stop() {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, FLUSH);
      // What fails here has been logged by the exporter.
      await Promise.race([provider.shutdown().catch(() => {}), patience.promise]);
      clearTimeout(timer);
      for (const part of [trace, propagation, context]) part.disable();
    },
  };
}
