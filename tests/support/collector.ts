import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished, vi } from "vitest";

type Value = { stringValue?: string; intValue?: number };
type KeyValue = { key: string; value: Value };

/** A span as OTLP/JSON has it. */
interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: KeyValue[];
  status: { code?: number };
}

interface OtlpTraces {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

export interface CollectedSpan extends Omit<OtlpSpan, "attributes"> {
  attributes: Record<string, string | number | undefined>;
  resource: Record<string, string | number | undefined>;
}

const toRecord = (attributes: KeyValue[]) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  );

/** Something that takes traces as an OpenTelemetry collector does, and keeps them. */
export async function startCollector(port = 0) {
  const bodies: string[] = [];
  const requests: { url: string | undefined; authorization: string | undefined }[] = [];
  const server: Server = createServer(async (request, response) => {
    requests.push({ url: request.url, authorization: request.headers.authorization });
    bodies.push(await text(request));
    response.setHeader("content-type", "application/json").end("{}");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  const spans = (): CollectedSpan[] =>
    bodies
      .flatMap((body) => (JSON.parse(body) as OtlpTraces).resourceSpans)
      .flatMap(({ resource, scopeSpans }) =>
        scopeSpans
          .flatMap((scope) => scope.spans)
          .map((span) => ({
            ...span,
            attributes: toRecord(span.attributes),
            resource: toRecord(resource.attributes),
          })),
      );

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans,
    /** All that was received, as it came. */
    received: () => bodies.join("\n"),
    /** The spans of a trace, once there is one that satisfies. */
    trace: (traceId: string, complete: (spans: CollectedSpan[]) => boolean) =>
      vi.waitFor(
        () => {
          const found = spans().filter((span) => span.traceId === traceId);
          if (complete(found)) return found;
          throw new Error(`Incomplete: ${found.map(({ name }) => name).join(", ")}`);
        },
        { timeout: 60_000, interval: 50 },
      ),
  };
}
