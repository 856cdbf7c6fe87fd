import { mailboxKey } from "@rekey/contract/email";
import type { PrismaClient, Suppression } from "@rekey/db/client";
import { coalesce } from "./coalesce.ts";

export type Suppressions = ReturnType<typeof createSuppressions>;

/** Addresses that must not be mailed. Whoever asks for a reset to one is answered like everybody. */
export function createSuppressions({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  return {
    /** Why an address, in its folded form, is not mailed; null when it may be. */
    reasonFor: coalesce(async (keys: string[]): Promise<(string | null)[]> => {
      const found = await prisma.suppression.findMany({ where: { recipientKey: { in: keys } } });
      const reasons = new Map(found.map(({ recipientKey, reason }) => [recipientKey, reason]));
      return keys.map((key) => reasons.get(key) ?? null);
    }),

    async add(recipient: string, provider: string, reason: string): Promise<void> {
      const recipientKey = mailboxKey(recipient);
      await prisma.suppression.createMany({
        data: { recipientKey, recipient, provider, reason, createdAt: now() },
        skipDuplicates: true,
      });
    },

    /** Oldest first. */
    list(): Promise<Suppression[]> {
      return prisma.suppression.findMany({ orderBy: { createdAt: "asc" } });
    },

    /** Mails the address again from now on; false when it was not suppressed. */
    async lift(recipient: string): Promise<boolean> {
      const recipientKey = mailboxKey(recipient);
      const { count } = await prisma.suppression.deleteMany({ where: { recipientKey } });
      return count > 0;
    },
  };
}
