import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

/** Bounds on what never comes, not on what is slow: a busy machine of two cores takes its time. */
const patience = { hookTimeout: 180_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    projects: [
      {
        root,
        test: {
          name: "unit",
          include: ["{packages,apps,bench}/**/*.test.ts", "tests/unit/**/*.test.ts"],
          testTimeout: 90_000,
          ...patience,
        },
      },
      {
        root,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 180_000,
          ...patience,
          // Each file boots databases and servers of its own; two cores bear two of them.
          maxWorkers: 2,
        },
      },
      {
        root,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          // The long form (FAULTS=full) takes minutes for one test.
          testTimeout: 900_000,
          ...patience,
          maxWorkers: 2,
        },
      },
      {
        root,
        test: {
          name: "engines",
          include: ["tests/engines/**/*.test.ts"],
          testTimeout: 300_000,
          ...patience,
        },
      },
      {
        root,
        test: {
          name: "lighthouse",
          include: ["tests/lighthouse/**/*.test.ts"],
          testTimeout: 180_000,
          ...patience,
        },
      },
    ],
  },
});
