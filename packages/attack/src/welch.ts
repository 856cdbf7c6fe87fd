/** Welch's t of two samples with unequal variances: positive when `a` is larger on average. */
export function welch(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [moments(a), moments(b)];
  const error = Math.sqrt(left.variance / a.length + right.variance / b.length);
  return error === 0 ? 0 : (left.mean - right.mean) / error;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function moments(values: readonly number[]) {
  const average = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return { mean: average, variance: squares / Math.max(1, values.length - 1) };
}

/**
 * Leaves out what a pause of the machine made slow, the same number from both: the pairs in which
 * either sample is among the slowest `share` of all.
 */
export function trimPairs(
  pairs: readonly (readonly [number, number])[],
  share = 0.1,
): { known: number[]; unknown: number[] } {
  const all = pairs.flat().sort((a, b) => a - b);
  const limit =
    all[Math.max(0, Math.ceil(all.length * (1 - share)) - 1)] ?? Number.POSITIVE_INFINITY;
  const kept = pairs.filter(([known, unknown]) => known <= limit && unknown <= limit);
  return { known: kept.map(([known]) => known), unknown: kept.map(([, unknown]) => unknown) };
}
