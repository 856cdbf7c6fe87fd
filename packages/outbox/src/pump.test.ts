import { onTestFinished, test } from "vitest";
import type { Ending } from "./leases.ts";
import { startPump } from "./pump.ts";

test("a look at the table that finds nothing leaves the worker alone", async () => {
  const looks = Promise.withResolvers<void>();
  let claims = 0;
  const pump = startPump({
    leases: {
      async claim() {
        claims += 1;
        if (claims === 3) looks.resolve();
        else setImmediate(() => pump.wake());
        return [];
      },
      extend: async () => new Set<string>(),
      settle: async () => true,
    },
    slots: 1,
    ready: async () => {},
    allow: async (wanted) => wanted,
    work() {
      throw new Error("There is nothing to work on");
    },
    giveBack: (): Ending => ({ state: "queued", reason: null, attempts: [], due: "now" }),
    onSettled() {},
    onError: (error) => looks.reject(error),
  });
  onTestFinished(() => pump.stop(0));
  await looks.promise;
});
