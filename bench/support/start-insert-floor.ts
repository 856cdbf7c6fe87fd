import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pace, Timing } from "../load/pace.ts";
import { type Helper, startHelper } from "./helper.ts";
import type { Site } from "./site.ts";

/** Single-row INSERTs on the site's own PostgreSQL database, or on an embedded one beside. */
export async function startInsertFloor(
  stack: AsyncDisposableStack,
  { databaseUrl }: Pick<Site, "databaseUrl">,
): Promise<Helper<Pace, Timing>> {
  if (databaseUrl !== null) return startHelper(stack, "floors/insert-postgres.ts", [databaseUrl]);
  const folder = mkdtempSync(join(tmpdir(), "rekey-bench-floor-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  return startHelper(stack, "floors/insert-pglite.ts", [join(folder, "pglite")]);
}
