interface Call<In, Out> {
  item: In;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Turns a function over many items into one over a single item: calls that come while an earlier
 * batch is under way wait for it and then go together, at most `max` at a time. Under load a batch
 * costs what one call costs; at rest a call goes at once. A batch succeeds or fails as a whole.
 */
export function coalesce<In, Out>(
  run: (items: In[]) => Promise<Out[]>,
  max = 500,
): (item: In) => Promise<Out> {
  const waiting: Call<In, Out>[] = [];
  let busy = false;

  async function drain() {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, max);
      try {
        const results = await run(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      // After what else this turn of the event loop brings in.
      setImmediate(drain);
    });
}
