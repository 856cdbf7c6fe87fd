import type { Database } from "@rekey/db/open-database";
import { type OperatorOutbox, openOperatorOutbox } from "@rekey/outbox/open-operator-outbox";

/** Gives a command the outbox of an open database, and closes it afterwards. */
export async function withOutbox<T>(
  { prisma, source }: Database,
  run: (outbox: OperatorOutbox) => Promise<T>,
): Promise<T> {
  const outbox = await openOperatorOutbox({ prisma, source, now: () => new Date() });
  try {
    return await run(outbox);
  } finally {
    await outbox.close();
  }
}
