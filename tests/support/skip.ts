import type { TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Why it was skipped, for the report that `npm test` reads. */
    skipped?: string;
  }
}

/** Skips the test that is running, and leaves word why. */
export function skipAs({ task, skip }: TestContext, why: string): never {
  task.meta.skipped = why;
  return skip(why);
}
