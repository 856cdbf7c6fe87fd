import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";
import { VERIFY_LINK_LIFE } from "./compose-sign-up-mail.ts";
import { DEVICE_KEPT } from "./known-devices.ts";

/** Sign-ups count against the mailbox's limit for this long, in seconds. */
const COUNTED = 3600;

/** Deletes sign-ups that were never confirmed, sessions that ended, and browsers long unseen; resolves to how many. */
export async function cleanAccounts(prisma: PrismaClient, now: Date): Promise<number> {
  const unconfirmed = new Date(now.getTime() - (VERIFY_LINK_LIFE + COUNTED) * 1000);
  const signUps = Prisma.sql`requested_at < ${unconfirmed}`;
  const sessions = Prisma.sql`expires_at <= ${now}`;
  const unseen = new Date(now.getTime() - DEVICE_KEPT * 1000);
  const devices = Prisma.sql`first_seen_at < ${unseen}
    AND COALESCE(last_sign_in_at, first_seen_at) < ${unseen}`;
  return (
    (await deleteInPortions(prisma, "sign_up", signUps)) +
    (await deleteInPortions(prisma, "session", sessions)) +
    (await deleteInPortions(prisma, "known_device", devices))
  );
}
