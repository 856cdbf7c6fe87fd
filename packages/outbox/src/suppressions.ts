import { mailboxKey } from "@rekey/contract/email";
import type { PrismaClient, Suppression } from "@rekey/db/client";
import { coalesce } from "./coalesce.ts";

export type Suppressions = ReturnType<typeof createSuppressions>;

/** Addresses that must not be mailed. Whoever asks for a reset to one is answered like everybody. */
export function createSuppressions({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  return {
    /** Why an address, in its folded form, is not mailed; null when it may be. */
    reasonFor: coalesce(async (keys: string[]): Promise<(string | null)[]> => {
      const found = await prisma.$queryRaw<Pick<Suppression, "recipientKey" | "reason">[]>`
        SELECT recipient_key AS "recipientKey", reason FROM suppression
        WHERE recipient_key = ANY(${keys}) AND lifted_at IS NULL`;
      const reasons = new Map(found.map(({ recipientKey, reason }) => [recipientKey, reason]));
      return keys.map((key) => reasons.get(key) ?? null);
    }),

    /** `at`: when the provider says it happened; what is older than a lift does not count again. */
    async add(recipient: string, provider: string, reason: string, at: Date): Promise<void> {
      const recipientKey = mailboxKey(recipient);
      const lifted = await prisma.suppression.findUnique({ where: { recipientKey } });
      if (lifted?.liftedAt && lifted.liftedAt >= at) return;
      const data = { recipient, provider, reason, createdAt: now(), liftedAt: null };
      await prisma.suppression.upsert({
        where: { recipientKey },
        create: { recipientKey, ...data },
        update: lifted?.liftedAt ? data : {},
      });
    },

    /** Oldest first. */
    list(): Promise<Suppression[]> {
      return prisma.suppression.findMany({
        where: { liftedAt: null },
        orderBy: { createdAt: "asc" },
      });
    },

    /** Mails the address again from now on; false when it was not suppressed. */
    async lift(recipient: string): Promise<boolean> {
      const recipientKey = mailboxKey(recipient);
      const { count } = await prisma.suppression.updateMany({
        where: { recipientKey, liftedAt: null },
        data: { liftedAt: now() },
      });
      return count > 0;
    },
  };
}
