import { setTimeout as sleep } from "node:timers/promises";
import type { Throttle } from "@rekey/accounts/throttle";
import type { Limits } from "@rekey/api/limits";
import type { PrismaClient } from "@rekey/db/client";
import { RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";

/** A limit of `points` per `duration` seconds, shared by all processes; 0 points is no limit. */
function createThrottle(
  prisma: PrismaClient,
  name: string,
  points: number,
  duration: number,
): Throttle {
  if (points === 0) return { consume: async () => 0, reset: async () => {} };
  const options = { points, duration, keyPrefix: name };
  const limiter = new RateLimiterPrisma({
    ...options,
    storeClient: prisma,
    tableName: "rateLimit",
    // While the database is away each process counts for itself rather than not at all.
    insuranceLimiter: new RateLimiterMemory(options),
  });
  return {
    async consume(key) {
      try {
        await limiter.consume(key);
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000) || 1;
        throw refusal;
      }
    },
    async reset(key) {
      await limiter.delete(key);
    },
  };
}

const HOUR = 3600;
const QUARTER_HOUR = 900;

export interface LimitsConfig {
  requestsPerNetwork: number;
  signInLimit: number;
}

/** Every limit that is counted in the database, by what it protects. */
export function createLimits(
  prisma: PrismaClient,
  { requestsPerNetwork, signInLimit }: LimitsConfig,
): { network: Limits; signIn: Throttle } {
  const reset = createThrottle(prisma, "reset", requestsPerNetwork, HOUR);
  const signUp = createThrottle(prisma, "sign-up", requestsPerNetwork, HOUR);
  return {
    network: { requestReset: reset.consume, signUp: signUp.consume },
    signIn: createThrottle(prisma, "sign-in", signInLimit, QUARTER_HOUR),
  };
}

/**
 * The rate cap towards the mail provider, counted over all processes: resolves to how many of
 * `wanted` mails may go now, at least one, waiting for the next second where need be.
 */
export function createMailRate(
  prisma: PrismaClient,
  perSecond: number,
): (wanted: number) => Promise<number> {
  if (perSecond === 0) return async (wanted) => wanted;
  const options = { points: perSecond, duration: 1, keyPrefix: "mail" };
  const limiter = new RateLimiterPrisma({
    ...options,
    storeClient: prisma,
    tableName: "rateLimit",
    insuranceLimiter: new RateLimiterMemory(options),
  });
  // In small portions, so that the mails of a second do not all leave at its start.
  const portion = Math.max(1, Math.floor(perSecond / 10));
  return async (wanted) => {
    const count = Math.min(wanted, portion);
    for (;;) {
      try {
        await limiter.consume("provider", count);
        return count;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await sleep(refusal.msBeforeNext);
      }
    }
  };
}
