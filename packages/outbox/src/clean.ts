import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";

const DAY = 24 * 3600;
/** How long the record of a mail is kept, in seconds. */
export const MAIL_KEPT = 30 * DAY;
/** How long it is kept where no mail was due: such a record may name somebody we do not know. */
export const SKIPPED_KEPT = 3 * DAY;

/** Deletes old delivery records of finished mails; resolves to how many. */
export async function cleanMails(prisma: PrismaClient, now: Date): Promise<number> {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const old = Prisma.sql`
    state IN ('sent', 'bounced', 'expired', 'dead') AND created_at < ${before(MAIL_KEPT)}
    OR state = 'skipped' AND created_at < ${before(SKIPPED_KEPT)}`;
  return deleteInPortions(prisma, "mail", old);
}
