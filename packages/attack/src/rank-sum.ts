/**
 * The rank sum of two samples (Wilcoxon, Mann and Whitney) in standard deviations from what it is on
 * average where nothing differs: positive when `a` is larger. If the order in which the samples were
 * taken was drawn at random, that is exact for noise of any kind, because only the draw is random:
 * a machine that stalls, drifts or is busy changes the times and not the odds.
 */
export function rankSum(a: readonly number[], b: readonly number[]): number {
  const count = a.length + b.length;
  const sorted = [...a, ...b].sort((x, y) => x - y);
  const ranks = new Map<number, number>();
  let ties = 0;
  for (let first = 0; first < count; ) {
    const value = sorted[first] ?? Number.NaN;
    let next = first;
    while (sorted[next] === value) next += 1;
    // Equal times share the middle of their ranks, which count from 1.
    ranks.set(value, (first + 1 + next) / 2);
    ties += (next - first) ** 3 - (next - first);
    first = next;
  }
  const sum = a.reduce((total, value) => total + (ranks.get(value) ?? Number.NaN), 0);
  const expected = (a.length * (count + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (count + 1 - ties / (count * (count - 1)));
  return variance > 0 ? (sum - expected) / Math.sqrt(variance) : 0;
}

/** The value in the middle, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
