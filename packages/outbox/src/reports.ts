import { mailboxKey } from "@rekey/contract/email";
import type { MailState, PrismaClient } from "@rekey/db/client";
import { type MailRecord, toRecord, unfinished } from "./records.ts";
import { createSuppressions } from "./suppressions.ts";

export interface Waiting {
  kind: string;
  state: MailState;
  count: number;
  oldestSeconds: number;
}

export interface MailStats {
  /** Records by state; those that were cleaned away are not counted. */
  states: Partial<Record<MailState, number>>;
  kinds: Record<string, number>;
  /** Age of the oldest mail that is not finished; null when all are. */
  oldestWaitingSeconds: number | null;
}

export type Reports = ReturnType<typeof createReports>;

/** Delivery records as an operator asks for them. Changes nothing. */
export function createReports({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  const secondsSince = (date: Date) => Math.max(0, (now().getTime() - date.getTime()) / 1000);

  async function waiting(): Promise<Waiting[]> {
    const groups = await prisma.mail.groupBy({
      by: ["kind", "state"],
      where: { state: { in: [...unfinished] } },
      _count: true,
      _min: { createdAt: true },
    });
    return groups.map(({ kind, state, _count, _min }) => ({
      kind,
      state,
      count: _count,
      oldestSeconds: _min.createdAt === null ? 0 : secondsSince(_min.createdAt),
    }));
  }

  return {
    waiting,

    suppressed: () => createSuppressions({ prisma, now }).count(),

    /** Newest first; `to` matches without regard to ASCII case. */
    async list(filter: { state?: MailState; to?: string; limit: number }): Promise<MailRecord[]> {
      const rows = await prisma.mail.findMany({
        where: {
          ...(filter.state && { state: filter.state }),
          ...(filter.to !== undefined && { recipientKey: mailboxKey(filter.to) }),
        },
        orderBy: { createdAt: "desc" },
        take: filter.limit,
      });
      return rows.map(toRecord);
    },

    async find(id: string): Promise<MailRecord | null> {
      const row = await prisma.mail.findUnique({ where: { id } });
      return row && toRecord(row);
    },

    async stats(): Promise<MailStats> {
      const groups = await prisma.mail.groupBy({ by: ["kind", "state"], _count: true });
      const stats: MailStats = { states: {}, kinds: {}, oldestWaitingSeconds: null };
      for (const { kind, state, _count } of groups) {
        stats.states[state] = (stats.states[state] ?? 0) + _count;
        stats.kinds[kind] = (stats.kinds[kind] ?? 0) + _count;
      }
      const ages = (await waiting()).map(({ oldestSeconds }) => oldestSeconds);
      if (ages.length > 0) stats.oldestWaitingSeconds = Math.round(Math.max(...ages));
      return stats;
    },
  };
}
