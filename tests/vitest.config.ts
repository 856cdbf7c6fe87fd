import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = join(import.meta.dirname, "..");

/** What runs in processes of its own runs as it is built: never an older build than the source. */
const globalSetup = join(root, "tests/support/build.ts");

/** Bounds on what never comes, not on what is slow: a busy machine of two cores takes its time. */
const patience = { hookTimeout: 180_000, expect: { poll: { timeout: 60_000 } } };

/** Left alone, Vitest takes one worker less than there are cores: of two, one would idle. */
const cores = Math.max(2, availableParallelism());
/** Where files wait for servers, mails and retries for much of their time. */
const waiting = cores + 1;

/** The files that take minutes begin first, so that none of them runs on alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => /\/(attack|upgrade|mail-)/.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root,
        test: {
          name: "unit",
          include: ["{packages,apps,bench}/**/*.test.ts", "tests/unit/**/*.test.ts"],
          testTimeout: 90_000,
          ...patience,
          maxWorkers: cores,
        },
      },
      {
        root,
        test: {
          name: "integration",
          globalSetup,
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 180_000,
          ...patience,
          maxWorkers: waiting,
          // After the unit tests, which have another number of workers.
          sequence: { groupOrder: 1 },
        },
      },
      {
        root,
        test: {
          name: "faults",
          globalSetup,
          include: ["tests/faults/**/*.test.ts"],
          // The long form (FAULTS=full) takes minutes for one test.
          testTimeout: 900_000,
          ...patience,
          maxWorkers: waiting,
          sequence: { groupOrder: 2 },
        },
      },
      {
        root,
        test: {
          name: "engines",
          globalSetup,
          include: ["tests/engines/**/*.test.ts"],
          testTimeout: 300_000,
          ...patience,
        },
      },
      {
        root,
        test: {
          name: "lighthouse",
          globalSetup,
          include: ["tests/lighthouse/**/*.test.ts"],
          testTimeout: 180_000,
          ...patience,
        },
      },
    ],
  },
});
