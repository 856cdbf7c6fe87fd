import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "@rekey/db/open-database";
import { createLimiter, refusalOf } from "./limiter.ts";

/**
 * The rate cap towards the mail provider, counted over all processes: resolves to how many of
 * `wanted` mails may go now, at least one, waiting for the next second where need be.
 */
export function createMailRate(sql: Sql, perSecond: number): (wanted: number) => Promise<number> {
  if (perSecond === 0) return async (wanted) => wanted;
  const limiter = createLimiter(sql, { name: "mail", points: perSecond, duration: 1 });
  // In small portions, so that the mails of a second do not all leave at its start.
  const portion = Math.max(1, Math.floor(perSecond / 10));
  return async (wanted) => {
    const count = Math.min(wanted, portion);
    for (;;) {
      const refusal = await refusalOf(limiter.consume("provider", count));
      if (refusal === null) return count;
      await sleep(refusal.msBeforeNext);
    }
  };
}
