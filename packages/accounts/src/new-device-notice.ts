import { randomUUID } from "node:crypto";
import type { Audit } from "@rekey/audit/audit";
import { originOf, type Requester } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";
import type { Publish } from "@rekey/events/event";
import type { Outbox } from "@rekey/outbox/outbox";
import { newSignInMail } from "./mails.ts";

/** How long the notice is worth sending, in seconds. */
const NOTICE_LIFE = 3 * 24 * 3600;

export interface NewDeviceNoticeDependencies {
  outbox: Pick<Outbox, "enqueueIn">;
  audit: Audit;
  publish: Publish;
  /** Mails per mailbox and hour; 0 is off. */
  perMailbox: number;
}

export type NewDeviceNotice = ReturnType<typeof createNewDeviceNotice>;

/**
 * Everything a sign-in from a new browser entails, inside the transaction of the sign-in: a line in the
 * audit trail, an event, and a mail to the owner, unless they got as many within the hour as a mailbox
 * may (OWASP ASVS 5.0 6.3.5).
 */
export function createNewDeviceNotice(dependencies: NewDeviceNoticeDependencies) {
  const { outbox, audit, publish, perMailbox } = dependencies;

  return async (
    tx: Prisma.TransactionClient,
    accountId: string,
    requester: Requester,
    newInTheHour: number,
  ): Promise<void> => {
    await audit.record(tx, { action: "sign_in.new_device", subject: { accountId }, requester });
    await publish(tx, { type: "sign_in.new_device", data: { accountId, ...originOf(requester) } });
    if (perMailbox > 0 && newInTheHour >= perMailbox) return;
    await outbox.enqueueIn(tx, newSignInMail, {
      id: randomUUID(),
      recipient: null,
      accountId,
      data: { accountId, requester },
      lifetime: NOTICE_LIFE,
    });
  };
}
