import { cleanAccounts } from "@rekey/accounts/clean";
import type { PrismaClient } from "@rekey/db/client";
import { cleanLocks } from "@rekey/db/lock-names";
import { cleanEvents, cleanTrail } from "@rekey/journal/clean";
import { cleanMails } from "@rekey/outbox/clean";
import { cleanResets } from "@rekey/recovery/clean";
import { cleanWebhookTokens } from "./webhook-tokens.ts";

/** Deletes what has served its time, so that no table grows for ever and nothing is kept too long. */
export async function clean(
  prisma: PrismaClient,
  now: Date,
  { auditRetentionDays }: { auditRetentionDays: number },
): Promise<void> {
  await cleanMails(prisma, now);
  await cleanEvents(prisma, now);
  await cleanLocks(prisma);
  await cleanResets(prisma, now);
  await cleanAccounts(prisma, now);
  await cleanWebhookTokens(prisma, now);
  await cleanTrail(prisma, now, auditRetentionDays);
}
