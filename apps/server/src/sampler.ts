import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";
import type { SamplerName } from "./tracing-settings.ts";

/** The samplers of OTEL_TRACES_SAMPLER: those named `parentbased_` do as the caller's traceparent says. */
export function createSampler({ name, ratio }: { name: SamplerName; ratio: number }): Sampler {
  const [, parent, own] = name.match(/^(parentbased_)?(.+)$/) ?? [];
  const root =
    own === "always_on"
      ? new AlwaysOnSampler()
      : own === "always_off"
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio);
  return parent ? new ParentBasedSampler({ root }) : root;
}
