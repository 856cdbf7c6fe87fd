import { mailboxKey } from "@rekey/contract/email";
import type { Mail, PrismaClient } from "@rekey/db/client";
import type { MailEvent, WebhookProvider } from "@rekey/mail/webhooks/webhook";
import { type Attempt, toRecord } from "./records.ts";
import type { Suppressions } from "./suppressions.ts";

const MESSAGE_ID = /^<([0-9a-f-]{36})@/i;
/** A provider that does not repeat our Message-ID speaks of a mail that is at most this old, in ms. */
const RECENT = 3 * 24 * 3_600_000;

export interface BouncesDependencies {
  prisma: PrismaClient;
  suppressions: Pick<Suppressions, "add">;
}

/**
 * Takes in what providers tell of mails they had taken: notes it in the delivery record, and
 * suppresses an address that bounced for good or whose owner complained. Telling it twice comes to
 * the same as once.
 */
export function createBounces({ prisma, suppressions }: BouncesDependencies) {
  /** By our Message-ID, by the provider's name for the mail in its reply, or by the address. */
  async function find(event: MailEvent): Promise<Mail | null> {
    const [, id] = MESSAGE_ID.exec(event.messageId ?? "") ?? [];
    const named = id === undefined ? null : await prisma.mail.findUnique({ where: { id } });
    if (named !== null) return named;
    const candidates = await prisma.mail.findMany({
      where: {
        recipientKey: mailboxKey(event.address),
        messageId: { not: null },
        createdAt: { gt: new Date(event.at.getTime() - RECENT), lte: event.at },
      },
      orderBy: { createdAt: "desc" },
      take: 20,
    });
    const { providerMessageId: name } = event;
    const replied = candidates.find((mail) => name !== null && mail.reason?.includes(name));
    return replied ?? candidates[0] ?? null;
  }

  async function note(mail: Mail, event: MailEvent): Promise<void> {
    const { attempts } = toRecord(mail);
    const at = event.at.toISOString();
    if (attempts.some((known) => known.at === at && known.outcome === event.kind)) return;
    const told: Attempt = { at, endedAt: at, outcome: event.kind, reply: event.reason };
    const refused = event.kind === "bounced" || event.kind === "complained";
    await prisma.mail.update({
      where: { id: mail.id },
      data: {
        attempts: [...attempts, told].map((attempt) => ({ ...attempt })),
        ...(refused && { state: "bounced", reason: event.reason }),
        updatedAt: new Date(),
      },
    });
  }

  return async (provider: WebhookProvider, events: readonly MailEvent[]): Promise<void> => {
    for (const event of events) {
      if (event.permanent) {
        await suppressions.add(event.address, provider, event.reason, event.at);
      }
      const mail = await find(event);
      if (mail !== null) await note(mail, event);
    }
  };
}

export type ReceiveBounces = ReturnType<typeof createBounces>;
