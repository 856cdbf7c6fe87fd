import { createHash } from "node:crypto";
import type { Prisma, PrismaClient } from "../generated/prisma/client.ts";

/** A process that stops between two statements of its transaction loses its locks after this. */
const FROZEN = "10s";

/**
 * Holds names until the end of the transaction, which waits for whoever holds one of them. Each is a row
 * of a table of its own, so that it works with accounts that are somebody else's, behind a pooler, and on
 * engines that know no advisory locks. Taken in one order, so that two callers cannot wait for each other.
 * The table keeps a hash of the name alone.
 */
export async function lockNames(
  tx: Prisma.TransactionClient,
  names: readonly string[],
): Promise<void> {
  const hashes = [...new Set(names)]
    .map((name) => createHash("sha256").update(name).digest("hex"))
    .sort();
  await tx.$executeRaw`SELECT set_config('idle_in_transaction_session_timeout', ${FROZEN}, true)`;
  await tx.$executeRaw`
    INSERT INTO named_lock (name, locked_at)
    SELECT name, now() FROM unnest(${hashes}::text[]) AS name ORDER BY name
    ON CONFLICT (name) DO UPDATE SET locked_at = excluded.locked_at`;
}

/** Deletes names that nobody has locked for a day; resolves to how many. One that is held stays. */
export function cleanLocks(prisma: PrismaClient): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM named_lock WHERE name IN (
      SELECT name FROM named_lock WHERE locked_at < now() - interval '1 day'
      FOR UPDATE SKIP LOCKED)`;
}
