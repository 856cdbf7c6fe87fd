import type { AuditAction } from "@rekey/contract/activity";
import type { Requester } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";
import type { MailKind } from "@rekey/outbox/mail-kind";
import type { AccountEvent } from "./event.ts";
import { noticeDelay } from "./notice-slots.ts";
import { newSignInMail, passwordChangedMail, resetCancelledMail } from "./notices.ts";

const DAY = 24 * 3600;

/** A fact as the notice of it says it. */
interface Told {
  accountId: string;
  requester: Requester | null;
  at: Date;
}

/** An email to the owner of the account. */
interface Notice<Data extends object = object> {
  mail: MailKind<Data>;
  data: (told: Told) => Data;
  /** Seconds that it waits, asked before the fact is in the trail. */
  delay?: (db: Prisma.TransactionClient, accountId: string, at: Date) => Promise<number>;
  /** Seconds in which it is worth sending. */
  lifetime: number;
}

const passwordChanged: Notice = {
  mail: passwordChangedMail,
  data: ({ accountId, requester, at }) => ({ accountId, requester, changedAt: at.toISOString() }),
  delay: noticeDelay,
  lifetime: 3 * DAY,
};

/**
 * What follows from a fact besides its line in the trail: the event that is published, and the notice
 * that is mailed. A fact that is not listed is written down and nothing more.
 */
export const consequences: {
  [Action in AuditAction]?: { event?: AccountEvent["type"]; notice?: Notice };
} = {
  "reset.done": { event: "password.reset", notice: passwordChanged },
  "password.changed": { notice: passwordChanged },
  "reset.cancelled": {
    event: "reset.cancelled",
    notice: {
      mail: resetCancelledMail,
      data: ({ accountId, requester }) => ({ accountId, requester }),
      lifetime: DAY,
    },
  },
  "sign_in.new_device": {
    event: "sign_in.new_device",
    notice: {
      mail: newSignInMail,
      data: ({ accountId, requester }) => ({ accountId, requester }),
      lifetime: 3 * DAY,
    },
  },
  "account.secured": { event: "account.secured" },
};
