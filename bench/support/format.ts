import { median } from "./statistics.ts";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A few digits that mean something: 1,234 · 56.7 · 0.89. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? whole.format(value) : three.format(value);
}

/** The median of the rounds, and from the lowest to the highest of them. */
export function spread(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length < 2
    ? figure(median(values))
    : `${figure(median(values))} (${figure(low)}–${figure(high)})`;
}

/** The medians of the rounds of single timings, by name; `max` is the highest of all. */
export function latencies(
  rounds: readonly { p50: number; p90: number; p99: number; max: number }[],
): string[] {
  return [
    ...(["p50", "p90", "p99"] as const).map((name) => figure(median(rounds.map((r) => r[name])))),
    figure(Math.max(...rounds.map((round) => round.max))),
  ];
}
