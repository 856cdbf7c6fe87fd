import { expect, test } from "vitest";
import { coalesce } from "./coalesce.ts";

test("calls made during a batch go together in the next, each with its own result", async () => {
  const batches: number[][] = [];
  const first = Promise.withResolvers<void>();
  const double = coalesce(async (items: number[]) => {
    batches.push(items);
    if (batches.length === 1) await first.promise;
    return items.map((item) => item * 2);
  });
  const one = double(1);
  await expect.poll(() => batches.length).toBe(1);
  const rest = [2, 3, 4].map(double);
  first.resolve();
  expect(await Promise.all([one, ...rest])).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test("a batch is never larger than asked for", async () => {
  const sizes: number[] = [];
  const call = coalesce(async (items: number[]) => {
    sizes.push(items.length);
    return items;
  }, 3);
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map(call));
  expect(sizes).toEqual([3, 3, 1]);
});

test("a batch that fails fails its own calls, and the next goes on", async () => {
  let fail = true;
  const call = coalesce(async (items: number[]) => {
    if (fail) throw new Error("no database");
    return items;
  });
  const failed = await Promise.allSettled([call(1), call(2)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fail = false;
  expect(await call(3)).toBe(3);
});
