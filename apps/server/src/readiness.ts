import type { PrismaClient } from "@rekey/db/client";
import { pendingMigrations } from "@rekey/db/migrations";

/** A check that takes longer counts as failed, in milliseconds. */
const PATIENCE = 2000;

export type Readiness = { ready: true } | { ready: false; why: string };

/** Whether this process can serve: the database answers and its schema is today's. */
export async function checkReadiness(prisma: PrismaClient): Promise<Readiness> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeout.reject(new Error("the database does not answer")),
    PATIENCE,
  );
  try {
    const pending = await Promise.race([pendingMigrations(prisma), timeout.promise]);
    if (pending.length === 0) return { ready: true };
    return { ready: false, why: `migrations are pending: ${pending.join(", ")}` };
  } catch (error) {
    // Prisma tells the query first; what happened is on the last line.
    const message = error instanceof Error ? error.message : String(error);
    return { ready: false, why: `database: ${message.trim().split("\n").at(-1)}` };
  } finally {
    clearTimeout(timer);
  }
}
