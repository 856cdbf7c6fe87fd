import { expect, test } from "vitest";
import { createGate } from "./gate.ts";

/** Work that ends when it is let go, and what happened, in order. */
function workshop() {
  const begun: string[] = [];
  const release: (() => void)[] = [];
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      begun.push(name);
      release.push(resolve);
    });
  return { begun, release, work };
}

const others = (i: number) => [`192.0.2.${i}`];

test("never more are inside at once than may be, and what is too much is turned away at once", async () => {
  const gate = createGate({ atOnce: 3, waiting: 5, perCaller: 100 });
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
  const turns = Array.from({ length: 100 }, (_, i) => gate.enter(others(i), work));
  expect(turns.filter((turn) => turn !== null)).toHaveLength(8);
  expect(gate.status()).toEqual({ inside: 3, waiting: 5 });
  letGo();
  await Promise.all(turns);
  expect(most).toBe(3);
  expect(gate.status()).toEqual({ inside: 0, waiting: 0 });
});

test("whoever fails inside makes room like everybody", async () => {
  const gate = createGate({ atOnce: 1, waiting: 0, perCaller: 1 });
  const failing = gate.enter(["a"], () => Promise.reject(new Error("failed")));
  await expect(failing).rejects.toThrow("failed");
  expect(await gate.enter(["a"], async () => "next")).toBe("next");
});

test("one caller cannot fill it, as a network or as an account", () => {
  const gate = createGate({ atOnce: 1, waiting: 100, perCaller: 4 });
  const { work } = workshop();
  const enter = (...callers: string[]) => gate.enter(callers, work("")) !== null;
  const ofNetwork = Array.from({ length: 50 }, (_, i) => enter(`account ${i}`, "192.0.2.1"));
  expect(ofNetwork.filter(Boolean)).toHaveLength(4);
  const ofAccount = Array.from({ length: 50 }, (_, i) => enter("account a", `198.51.100.${i}`));
  expect(ofAccount.filter(Boolean)).toHaveLength(4);
  expect(enter("account b", "203.0.113.1")).toBe(true);
});

test("whoever comes once is not behind all of what another has brought", async () => {
  const gate = createGate({ atOnce: 1, waiting: 100, perCaller: 20 });
  const { begun, release, work } = workshop();
  const turns = Array.from({ length: 5 }, () => gate.enter(["many"], work("many")));
  turns.push(gate.enter(["one"], work("one")));
  for (const [i, turn] of turns.entries()) {
    await expect.poll(() => release[i]).toBeDefined();
    release[i]?.();
    void turn;
  }
  await Promise.all(turns);
  expect(begun).toEqual(["many", "many", "one", "many", "many", "many"]);
});
