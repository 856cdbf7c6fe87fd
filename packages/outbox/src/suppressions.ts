import { mailboxKey } from "@rekey/contract/email";
import type { PrismaClient, Suppression } from "@rekey/db/client";
import { coalesce } from "@rekey/db/coalesce";

/**
 * Why an address is suppressed. `bounced`: there is no such mailbox, and nothing is sent to it. `full`
 * and `complained`: only what is no matter of security is held back.
 */
export type SuppressionKind = "bounced" | "complained" | "full";

export interface NewSuppression {
  recipient: string;
  kind: SuppressionKind;
  /** Who said so: a provider's webhook, or `smtp`, the mail server itself. */
  provider: string;
  reason: string;
  /** When it happened; what is older than a lift does not count again. */
  at: Date;
}

/** Seconds after which a full mailbox is taken to have room again. */
const FULL_FOR = 24 * 3600;
/** A weaker reason does not replace a stronger one. */
const STRENGTH: Record<SuppressionKind, number> = { full: 0, complained: 1, bounced: 2 };

export type Suppressions = ReturnType<typeof createSuppressions>;

/** Addresses that are not mailed. Whoever asks for a reset to one is answered like everybody. */
export function createSuppressions({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  const live = () => ({
    liftedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
  });

  const suppressionsOf = coalesce(async (keys: string[]) => {
    const found = await prisma.suppression.findMany({
      where: { recipientKey: { in: keys }, ...live() },
    });
    const byKey = new Map(found.map((suppression) => [suppression.recipientKey, suppression]));
    return keys.map((key) => byKey.get(key) ?? null);
  });

  return {
    /**
     * Why an address, in its folded form, is not mailed; null when it may be. `optional`: the mail is
     * no matter of recovery or security.
     */
    async reasonFor(key: string, { optional }: { optional: boolean }): Promise<string | null> {
      const found = await suppressionsOf(key);
      return found !== null && (optional || found.kind === "bounced") ? found.reason : null;
    },

    async add({ recipient, kind, provider, reason, at }: NewSuppression): Promise<void> {
      const recipientKey = mailboxKey(recipient);
      const known = await prisma.suppression.findUnique({ where: { recipientKey } });
      if (known?.liftedAt && known.liftedAt >= at) return;
      const expiresAt = kind === "full" ? new Date(at.getTime() + FULL_FOR * 1000) : null;
      const isLive =
        known !== null &&
        known.liftedAt === null &&
        (known.expiresAt === null || known.expiresAt > now());
      // Told again it stays as it is, but a mailbox that is still full stays so for longer.
      const stands =
        isLive &&
        (kind === "full"
          ? known.kind !== "full"
          : STRENGTH[known.kind as SuppressionKind] >= STRENGTH[kind]);
      if (stands) return;
      const data = { recipient, kind, provider, reason, expiresAt, liftedAt: null };
      await prisma.suppression.upsert({
        where: { recipientKey },
        create: { recipientKey, ...data, createdAt: now() },
        update: { ...data, ...(!isLive && { createdAt: now() }) },
      });
    },

    /** What holds for one address; null when nothing does. */
    find(recipient: string): Promise<Suppression | null> {
      return prisma.suppression.findFirst({
        where: { recipientKey: mailboxKey(recipient), ...live() },
      });
    },

    /** Oldest first. */
    list(): Promise<Suppression[]> {
      return prisma.suppression.findMany({ where: live(), orderBy: { createdAt: "asc" } });
    },

    count: () => prisma.suppression.count({ where: live() }),

    /** Mails the address again from now on; false when it was not suppressed. */
    async lift(recipient: string): Promise<boolean> {
      const { count } = await prisma.suppression.updateMany({
        where: { recipientKey: mailboxKey(recipient), ...live() },
        data: { liftedAt: now() },
      });
      return count > 0;
    },
  };
}
