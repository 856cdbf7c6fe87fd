import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { Logger } from "./logger.ts";

/** Logs when exporting begins to fail and when it works again; in between, however long, nothing. */
export function reportingExporter(
  exporter: SpanExporter,
  logger: Pick<Logger, "info" | "warn">,
): SpanExporter {
  let failing = false;

  function report({ code, error }: ExportResult) {
    const failed = code !== ExportResultCode.SUCCESS;
    if (failed && !failing) logger.warn({ reason: reasonOf(error) }, "traces are not exported");
    if (!failed && failing) logger.info("traces are exported again");
    failing = failed;
  }

  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        report(result);
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** A refused connection to a name with two addresses has a code, but no message. */
function reasonOf(error: Error | undefined): string {
  const { code, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return [code, message].filter(Boolean).join(" ") || "the collector refused them";
}
