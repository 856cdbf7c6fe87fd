/**
 * Takes turns, ABAB…, so that whatever else the machine does meets every kind alike. Each kind has
 * one round to warm up that does not count.
 */
export async function takeTurns<Kind extends string, Result>(
  rounds: number,
  kinds: Record<Kind, () => Promise<Result>>,
  { warmUp = true } = {},
): Promise<Record<Kind, Result[]>> {
  const entries = Object.entries(kinds) as [Kind, () => Promise<Result>][];
  const results = Object.fromEntries(entries.map(([kind]) => [kind, []])) as unknown as Record<
    Kind,
    Result[]
  >;
  if (warmUp) for (const [, once] of entries) await once();
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, once] of entries) results[kind].push(await once());
  }
  return results;
}
