import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";
import { VERIFY_LINK_LIFE } from "./compose-sign-up-mail.ts";

/** Sign-ups count against the mailbox's limit for this long, in seconds. */
const COUNTED = 3600;

/** Deletes sign-ups that were never confirmed, and sessions that ended; resolves to how many. */
export async function cleanAccounts(prisma: PrismaClient, now: Date): Promise<number> {
  const unconfirmed = new Date(now.getTime() - (VERIFY_LINK_LIFE + COUNTED) * 1000);
  const signUps = Prisma.sql`requested_at < ${unconfirmed}`;
  const sessions = Prisma.sql`expires_at <= ${now}`;
  return (
    (await deleteInPortions(prisma, "sign_up", signUps)) +
    (await deleteInPortions(prisma, "session", sessions))
  );
}
