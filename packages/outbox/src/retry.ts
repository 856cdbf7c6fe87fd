import type { MailState, Prisma, PrismaClient } from "@rekey/db/client";
import { fromPrisma } from "pg-boss";
import { CHANNEL, type Queue } from "./queue.ts";

export type RetryOutcome =
  | { id: string; status: "queued" }
  | { id: string; status: "refused"; reason: "NOT_FOUND" | "EXPIRED" | "SENT" | "BUSY" };

/** A mail in one of these has no worker on it and was not taken by the mail server. */
const retryable: MailState[] = ["deferred", "bounced", "dead", "queued"];

export interface RetryDependencies {
  prisma: PrismaClient;
  queue: Pick<Queue, "insert" | "remove">;
  now: () => Date;
}

/** Before everything else: somebody waits for it. */
const PRIORITY = 100;

/**
 * Sends a mail again at once, because an operator says so: one that waits for its next attempt, was
 * refused, or was given up. Not one that was sent, is being sent, or is no longer worth sending.
 */
export function createRetry({ prisma, queue, now }: RetryDependencies) {
  async function one(id: string): Promise<RetryOutcome> {
    const refused = (reason: "NOT_FOUND" | "EXPIRED" | "SENT" | "BUSY") =>
      ({ id, status: "refused", reason }) as const;
    return prisma.$transaction(async (tx) => {
      const { count } = await tx.mail.updateMany({
        where: { id, state: { in: retryable }, expiresAt: { gt: now() } },
        data: { state: "queued", reason: null, updatedAt: now() },
      });
      const mail = await tx.mail.findUnique({ where: { id } });
      if (mail === null) return refused("NOT_FOUND");
      if (count > 0 && mail.recipientKey !== null) {
        // Else it would bounce off our own list. Who complained stays on it: that mail did arrive.
        await tx.suppression.updateMany({
          where: { recipientKey: mail.recipientKey, kind: { not: "complained" }, liftedAt: null },
          data: { liftedAt: now() },
        });
      }
      if (count === 0) {
        if (mail.state === "sending") return refused("BUSY");
        return refused(mail.expiresAt <= now() ? "EXPIRED" : "SENT");
      }
      await queue.remove(fromPrisma(tx), [id]);
      await queue.insert(fromPrisma(tx), [{ id, priority: PRIORITY }]);
      await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, '')`;
      return { id, status: "queued" };
    });
  }

  async function all(where: Prisma.MailWhereInput): Promise<RetryOutcome[]> {
    const mails = await prisma.mail.findMany({
      where,
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    const outcomes: RetryOutcome[] = [];
    for (const { id } of mails) outcomes.push(await one(id));
    return outcomes;
  }

  return {
    one,

    /** All that were given up, oldest first. */
    dead: () => all({ state: "dead" }),

    /** All that bounced since then, oldest first: after a fault of ours was mended. */
    bounced: (since: Date) => all({ state: "bounced", updatedAt: { gte: since } }),
  };
}
