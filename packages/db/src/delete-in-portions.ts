import type { PrismaClient } from "../generated/prisma/client.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** Rows of one statement: short enough that nobody waits for its locks. */
const PORTION = 1000;

/**
 * Deletes the rows of `table` for which `condition` holds, a portion at a time, each in a transaction
 * of its own; resolves to how many. Interrupted, it has done what it has done. `table` is a name from
 * our own code, with a column `id`. Where a trigger of the table refuses deletions, `permission` names
 * the setting that lets one through; it is "on" for each portion's transaction alone.
 */
export async function deleteInPortions(
  prisma: PrismaClient,
  table: string,
  condition: Prisma.Sql,
  permission?: string,
): Promise<number> {
  const name = Prisma.raw(`"${table}"`);
  const portion = Prisma.sql`
    DELETE FROM ${name} WHERE id IN (SELECT id FROM ${name} WHERE ${condition} LIMIT ${PORTION})`;
  const deletePortion = () =>
    permission === undefined
      ? prisma.$executeRaw(portion)
      : prisma.$transaction(async (tx) => {
          await tx.$executeRaw`SELECT set_config(${permission}, 'on', true)`;
          return tx.$executeRaw(portion);
        });
  let total = 0;
  for (;;) {
    const count = await deletePortion();
    total += count;
    if (count < PORTION) return total;
  }
}
