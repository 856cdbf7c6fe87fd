import { onTestFinished, test } from "vitest";
import { type PumpConfig, startPump } from "./pump.ts";

const nobody: PumpConfig["queue"] = {
  claim: async () => [],
  touch: async () => new Set(),
  complete: async () => {},
  retry: async () => {},
  listen: async () => async () => {},
};

test("a look at the queue that finds nothing leaves the worker alone", async () => {
  const looks = Promise.withResolvers<void>();
  let claims = 0;
  const pump = await startPump({
    queue: {
      ...nobody,
      async claim() {
        claims += 1;
        if (claims === 3) looks.resolve();
        else setImmediate(() => pump.wake());
        return [];
      },
    },
    slots: 1,
    ready: async () => {},
    allow: async (wanted) => wanted,
    work() {
      throw new Error("There is nothing to work on");
    },
    onError: (error) => looks.reject(error),
  });
  onTestFinished(() => pump.stop(0));
  await looks.promise;
});
