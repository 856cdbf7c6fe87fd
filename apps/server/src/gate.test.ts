import { expect, test } from "vitest";
import { createGate } from "./gate.ts";

test("never more are inside at once than may be, and what is too much is turned away at once", async () => {
  const gate = createGate({ atOnce: 3, waiting: 5 });
  let inside = 0;
  let most = 0;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await held;
    inside -= 1;
  };
  const turns = Array.from({ length: 100 }, () => gate.enter(work));
  expect(turns.filter((turn) => turn !== null)).toHaveLength(8);
  expect(gate.status()).toEqual({ inside: 3, waiting: 5 });
  letGo();
  await Promise.all(turns);
  expect(most).toBe(3);
  expect(gate.status()).toEqual({ inside: 0, waiting: 0 });
});

test("whoever fails inside makes room like everybody", async () => {
  const gate = createGate({ atOnce: 1, waiting: 0 });
  await expect(gate.enter(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await gate.enter(async () => "next")).toBe("next");
});
