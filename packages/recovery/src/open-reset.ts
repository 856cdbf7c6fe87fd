import type { PasswordReset, Prisma } from "@rekey/db/client";
import type { RecoverableAccount } from "./account-store.ts";

export interface ResetLimits {
  /** Seconds a link lives, counted from the request. */
  linkLife: number;
  /** Mails per mailbox and hour; 0 is off. */
  perHour: number;
  /** Seconds between two mails to one mailbox; 0 is off. */
  cooldown: number;
}

export type OpenOutcome =
  | { outcome: "opened"; reset: PasswordReset }
  /** Too late, overtaken by a newer request, too many of them, or closed by its owner. */
  | { outcome: "expired" | "superseded" | "throttled" | "closed" };

export interface OpenInput {
  id: string;
  account: RecoverableAccount;
  requestedAt: Date;
  limits: ResetLimits;
  now: Date;
}

/**
 * Opens the one link an account may have, inside the caller's transaction, and retires those before
 * it. Running it again with the same id finds the same link. Requests for one account are taken one
 * at a time; the limits are silent, as the answer was given long before.
 */
export async function openReset(
  tx: Prisma.TransactionClient,
  { id, account, requestedAt, limits, now }: OpenInput,
): Promise<OpenOutcome> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reset ${account.id}`}, 0))`;

  const existing = await tx.passwordReset.findUnique({ where: { id } });
  const expiresAt = existing?.expiresAt ?? after(requestedAt, limits.linkLife);
  if (expiresAt <= now) return { outcome: "expired" };
  if (existing !== null) {
    const usable = existing.state === "open" && existing.accountState === account.state;
    return usable ? { outcome: "opened", reset: existing } : { outcome: "closed" };
  }

  const recent = await tx.passwordReset.findMany({
    where: { accountId: account.id, requestedAt: { gt: after(requestedAt, -3600) } },
    orderBy: { requestedAt: "desc" },
    select: { requestedAt: true },
    take: Math.max(limits.perHour, 1),
  });
  const [latest] = recent;
  if (latest !== undefined) {
    if (latest.requestedAt > requestedAt) return { outcome: "superseded" };
    const cooling = after(latest.requestedAt, limits.cooldown) > requestedAt;
    const full = limits.perHour > 0 && recent.length >= limits.perHour;
    if (cooling || full) return { outcome: "throttled" };
  }

  await tx.passwordReset.updateMany({
    where: { accountId: account.id, state: "open" },
    data: { state: "replaced" },
  });
  const reset = await tx.passwordReset.create({
    data: { id, accountId: account.id, accountState: account.state, requestedAt, expiresAt },
  });
  return { outcome: "opened", reset };
}

function after(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
