import { mailboxKey } from "@rekey/contract/email";
import type { Mail, PrismaClient } from "@rekey/db/client";
import { causeOf } from "@rekey/mail/reply-verdict";
import type { MailEvent, WebhookProvider } from "@rekey/mail/webhooks/webhook";
import { type Attempt, toRecord } from "./records.ts";
import type { SuppressionKind, Suppressions } from "./suppressions.ts";

const MESSAGE_ID = /^<([0-9a-f-]{36})@/i;
/** A provider that does not repeat our Message-ID speaks of a mail that is at most this old, in ms. */
const RECENT = 3 * 24 * 3_600_000;
/** Milliseconds by which a provider's clock, and its rounding, may put an event before our mail. */
const SKEW = 5 * 60_000;

export interface BouncesDependencies {
  prisma: PrismaClient;
  suppressions: Pick<Suppressions, "add">;
}

/**
 * Takes in what providers tell of mails they had taken: notes it in the delivery record, and
 * suppresses an address as far as the event asks for it. What is told of an address that we never
 * mailed is not believed. Telling it twice comes to the same as once.
 */
export function createBounces({ prisma, suppressions }: BouncesDependencies) {
  const mailedTo = (event: MailEvent) => ({
    recipientKey: mailboxKey(event.address),
    // Set once a conversation with the mail server began.
    messageId: { not: null },
    createdAt: { lte: new Date(event.at.getTime() + SKEW) },
  });

  /** By our Message-ID, by the provider's name for the mail in its reply, or by the address. */
  async function find(event: MailEvent): Promise<Mail | null> {
    const [, id] = MESSAGE_ID.exec(event.messageId ?? "") ?? [];
    if (id !== undefined) {
      const named = await prisma.mail.findFirst({ where: { id, ...mailedTo(event) } });
      if (named !== null) return named;
    }
    const candidates = await prisma.mail.findMany({
      where: {
        AND: [mailedTo(event), { createdAt: { gt: new Date(event.at.getTime() - RECENT) } }],
      },
      orderBy: { createdAt: "desc" },
      take: 20,
    });
    const { providerMessageId: name } = event;
    const byName = candidates.find(({ reason }) => name !== null && reason?.includes(name));
    return byName ?? candidates[0] ?? null;
  }

  /** A complaint may come weeks after its mail. */
  async function everMailed(event: MailEvent): Promise<boolean> {
    return (await prisma.mail.findFirst({ where: mailedTo(event), select: { id: true } })) !== null;
  }

  async function note(mail: Mail, event: MailEvent): Promise<void> {
    const { attempts } = toRecord(mail);
    const at = event.at.toISOString();
    if (attempts.some((known) => known.at === at && known.outcome === event.kind)) return;
    const told: Attempt = { at, endedAt: at, outcome: event.kind, reply: event.reason };
    await prisma.mail.update({
      where: { id: mail.id },
      data: {
        attempts: [...attempts, told].map((attempt) => ({ ...attempt })),
        ...(event.kind === "bounced" && { state: "bounced", reason: event.reason }),
        // It did arrive: it is not to be sent again.
        ...(event.kind === "complained" && { reason: event.reason }),
        updatedAt: new Date(),
      },
    });
  }

  return async (provider: WebhookProvider, events: readonly MailEvent[]): Promise<void> => {
    for (const event of events) {
      const mail = await find(event);
      const kind = suppressionFor(event);
      if (kind !== null && (mail !== null || (await everMailed(event)))) {
        const { address: recipient, reason, at } = event;
        await suppressions.add({ recipient, kind, provider, reason, at });
      }
      if (mail !== null) await note(mail, event);
    }
  };
}

/** What the server's words say goes before the provider's, who calls a full mailbox permanent too. */
function suppressionFor(event: MailEvent): SuppressionKind | null {
  if (event.kind === "complained") return "complained";
  if (event.kind !== "bounced") return null;
  const cause = causeOf(event.reason);
  if (cause === "mailbox-full") return "full";
  return event.permanent && (cause === "mailbox" || cause === "unknown") ? "bounced" : null;
}

export type ReceiveBounces = ReturnType<typeof createBounces>;
