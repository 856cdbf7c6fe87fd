import type { Sql } from "@rekey/db/open-database";
import type { MailBudget } from "@rekey/outbox/mail-budget";
import { createLimiter, refusalOf, secondsToWait } from "./limiter.ts";

const HOUR = 3600;

/**
 * What the whole service may spend on emails of each kind that strangers can cause, counted over all
 * processes. `onUsedUp` hears once an hour, kind and process that one is used up, with the seconds
 * until there is a new one.
 */
export function createMailBudget(
  sql: Sql,
  perHour: number,
  onUsedUp: (kind: string, seconds: number) => void,
): MailBudget {
  if (perHour === 0) return { take: async () => true };
  const limiter = createLimiter(sql, { name: "mail-budget", points: perHour, duration: HOUR });
  const usedUpUntil = new Map<string, number>();

  return {
    async take(kind) {
      if (Date.now() < (usedUpUntil.get(kind) ?? 0)) return false;
      const refusal = await refusalOf(limiter.consume(kind));
      if (refusal === null) return true;
      if (Date.now() >= (usedUpUntil.get(kind) ?? 0)) {
        usedUpUntil.set(kind, Date.now() + refusal.msBeforeNext);
        onUsedUp(kind, secondsToWait(refusal));
      }
      return false;
    },
  };
}
