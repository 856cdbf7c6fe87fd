import { networksOf } from "@rekey/contract/network";
import type { Sql } from "@rekey/db/open-database";
import { createLimiter, type LimiterOptions, refusalOf, secondsToWait } from "./limiter.ts";

/**
 * How many times `points` a network gets, narrowest first: an IPv6 /64, its /56 and its /48. More than
 * once, as they may hold many customers; not many times, as one customer may have 65,536 of /64.
 */
const SHARES = [1, 2, 4];

/** One of the limiters that a call counts against, the key it has there, and what that one allows. */
interface Place {
  limiter: ReturnType<typeof createLimiter>;
  key: string;
  points: number;
}

export type NetworkLimiter = ReturnType<typeof createNetworkLimiter>;

/** Counts by network, and in IPv6 by the wider networks around it. `subject`: what else it counts by. */
export function createNetworkLimiter(
  sql: Sql,
  options: Omit<LimiterOptions, "blockInMemoryAt"> & { blockInMemory?: "when reached" | "beyond" },
) {
  const { blockInMemory, ...shared } = options;
  const limiters = SHARES.map((share) => {
    const points = share * options.points;
    const blockAt = blockInMemory === "beyond" ? points + 1 : points;
    const block = blockInMemory !== undefined && { blockInMemoryAt: blockAt };
    return { points, limiter: createLimiter(sql, { ...shared, points, ...block }) };
  });

  function placesOf(network: string, subject?: string): Place[] {
    return networksOf(network).flatMap((wider, i) => {
      const limiter = limiters[i];
      return limiter ? [{ ...limiter, key: subject ? `${subject} ${wider}` : wider }] : [];
    });
  }

  return {
    placesOf,

    /**
     * Counts one call, narrowest first; resolves to the seconds to wait. What the /64 refuses does not
     * count for the networks around it: nobody uses up their neighbours' allowance by going on.
     */
    async consume(network: string, subject?: string): Promise<number> {
      for (const { limiter, key } of placesOf(network, subject)) {
        const refusal = await refusalOf(limiter.consume(key));
        if (refusal !== null) return secondsToWait(refusal);
      }
      return 0;
    },

    /** The seconds to wait before another call; counts nothing. */
    async wait(network: string, subject?: string): Promise<number> {
      const waits = placesOf(network, subject).map(async ({ limiter, key, points }) => {
        const counted = await limiter.get(key);
        return counted !== null && counted.consumedPoints >= points ? secondsToWait(counted) : 0;
      });
      return Math.max(...(await Promise.all(waits)));
    },

    /** Takes one call back. */
    async giveBack(network: string, subject?: string): Promise<void> {
      const places = placesOf(network, subject);
      await Promise.all(places.map(({ limiter, key }) => limiter.reward(key)));
    },

    /** Forgets every call. */
    async reset(network: string, subject?: string): Promise<void> {
      const places = placesOf(network, subject);
      await Promise.all(places.map(({ limiter, key }) => limiter.delete(key)));
    },
  };
}
