import type { Sql } from "@rekey/db/open-database";
import type { MailBudget } from "@rekey/outbox/mail-budget";
import type { RateLimiterRes } from "rate-limiter-flexible";
import { createLimiter, refusalOf, secondsToWait } from "./limiter.ts";

const HOUR = 3600;

/**
 * What the whole service may spend on mails that strangers can cause, counted over all processes.
 * `onUsedUp` hears once an hour and process that it is used up, with the seconds until there is a new
 * one.
 */
export function createMailBudget(
  sql: Sql,
  perHour: number,
  onUsedUp: (seconds: number) => void,
): MailBudget {
  if (perHour === 0) return { left: async () => true, take: async () => true };
  const limiter = createLimiter(sql, { name: "mail-budget", points: perHour, duration: HOUR });
  const key = "service";
  let usedUpUntil = 0;

  function usedUp(count: RateLimiterRes): false {
    if (Date.now() >= usedUpUntil) {
      usedUpUntil = Date.now() + count.msBeforeNext;
      onUsedUp(secondsToWait(count));
    }
    return false;
  }

  return {
    async left() {
      if (Date.now() < usedUpUntil) return false;
      const count = await limiter.get(key);
      return count === null || count.consumedPoints < perHour || usedUp(count);
    },
    async take() {
      if (Date.now() < usedUpUntil) return false;
      const refusal = await refusalOf(limiter.consume(key));
      return refusal === null || usedUp(refusal);
    },
  };
}
