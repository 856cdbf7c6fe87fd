import { z } from "zod";

const endpoint = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol)) return false;
    return !(url.username || url.password || url.search || url.hash);
  }, "an address like http://localhost:4318, without credentials (OTEL_EXPORTER_OTLP_HEADERS is for them)")
  .transform((text) => text.replace(/\/+$/, ""));

/** `key=value,key=value`, percent-encoded, as OpenTelemetry writes lists (W3C Baggage). */
function keyValues(keys: RegExp, values: RegExp) {
  return z.string().transform((text, context) => {
    const pairs = text.split(",").flatMap((pair) => (pair.trim() ? [pair.split("=")] : []));
    try {
      const decoded = pairs.map(([name = "", ...value]) => [
        decodeURIComponent(name.trim()),
        decodeURIComponent(value.join("=").trim()),
      ]);
      if (decoded.every(([name = "", value = ""]) => keys.test(name) && values.test(value))) {
        return Object.fromEntries(decoded) as Record<string, string>;
      }
    } catch {
      // A percent sign that encodes nothing: refused below like the rest.
    }
    context.issues.push({
      code: "custom",
      input: text,
      message: "key=value,key=value, with spaces, commas and the like percent-encoded",
    });
    return z.NEVER;
  });
}

export const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

export type SamplerName = (typeof samplers)[number];

/** RFC 9110 5.6.2: a token. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

const share = z
  .string()
  .refine((text) => /^[\d.]+$/.test(text) && Number(text) <= 1, "a share from 0 to 1, like 0.1")
  .transform(Number);

/** What the OpenTelemetry specification names so, and what Rekey makes of it. docs/guides/tracing.md */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: keyValues(HEADER_NAME, /^[ -~]+$/).optional(),
  OTEL_SERVICE_NAME: z.string().default("rekey"),
  OTEL_RESOURCE_ATTRIBUTES: keyValues(/^[!-~]+$/, /^\P{Cc}+$/u).default({}),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, `one of ${samplers.join(", ")}`)
    .default("parentbased_always_on"),
  OTEL_TRACES_SAMPLER_ARG: share.default(1),
};
