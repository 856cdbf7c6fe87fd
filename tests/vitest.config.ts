import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

export default defineConfig({
  test: {
    projects: [
      {
        root,
        test: {
          name: "unit",
          include: ["{packages,apps,bench}/**/*.test.ts", "tests/unit/**/*.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 90_000,
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
          hookTimeout: 90_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
