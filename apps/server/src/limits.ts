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
