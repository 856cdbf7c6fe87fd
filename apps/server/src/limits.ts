import { availableParallelism } from "node:os";
import type { GuessLimits, Throttle } from "@rekey/accounts/throttle";
import type { Limits, WrongTokens } from "@rekey/api/limits";
import type { Sql } from "@rekey/db/open-database";
import { createGate, type Gate } from "./gate.ts";
import { createLimiter, refusalOf, secondsToWait } from "./limiter.ts";

const HOUR = 3600;
const QUARTER_HOUR = 900;
const DAY = 24 * HOUR;
/** No block lasts longer, in seconds. */
const LONGEST_BLOCK = 4 * HOUR;

/**
 * One more than there are processors: while it talks to the database, the others compute. Hashing
 * takes 19 MiB each; what waits is some ten seconds of work, and takes next to none.
 */
const passwordsAtOnce = {
  atOnce: availableParallelism() + 1,
  waiting: 250 * availableParallelism(),
};
const resetsAtOnce = { atOnce: 2, waiting: 250 };

/** Each 0 is no limit. */
export interface LimitsConfig {
  requestsPerNetwork: number;
  signInLimit: number;
  signInsPerNetwork: number;
  wrongTokensPerNetwork: number;
}

/** Every limit that is counted in the database, by what it protects. */
export function createLimits(
  sql: Sql,
  config: LimitsConfig,
): { calls: Limits & { passwords: Gate; resets: Gate }; guesses: GuessLimits } {
  return {
    calls: {
      requestReset: perHour(sql, "reset", config.requestsPerNetwork),
      signUp: perHour(sql, "sign-up", config.requestsPerNetwork),
      wrongTokens: wrongTokens(sql, config.wrongTokensPerNetwork),
      passwords: createGate(passwordsAtOnce),
      resets: createGate(resetsAtOnce),
    },
    guesses: {
      account: growingThrottle(sql, config.signInLimit),
      network: guessesOfNetwork(sql, config.signInsPerNetwork),
    },
  };
}

function perHour(sql: Sql, name: string, points: number) {
  if (points === 0) return async () => 0;
  const limiter = createLimiter(sql, { name, points, duration: HOUR, blockInMemoryAt: points });
  return async (network: string) => secondsToWait(await refusalOf(limiter.consume(network)));
}

function wrongTokens(sql: Sql, points: number): WrongTokens {
  if (points === 0) return { wait: async () => 0, count: async () => 0 };
  const limiter = createLimiter(sql, { name: "wrong-token", points, duration: HOUR });
  return {
    async wait(network) {
      const counted = await limiter.get(network);
      return counted !== null && counted.consumedPoints >= points ? secondsToWait(counted) : 0;
    },
    count: async (network) => secondsToWait(await refusalOf(limiter.consume(network))),
  };
}

/**
 * So many tries in a quarter of an hour; whoever goes on is blocked for as long, and each time that
 * happens within a day for twice as long as before. A key names account and network, so nobody can
 * lock an owner out from elsewhere (OWASP Authentication Cheat Sheet, "Account Lockout").
 */
function growingThrottle(sql: Sql, points: number): Throttle {
  if (points === 0) return { consume: async () => 0, reset: async () => {} };
  const tries = createLimiter(sql, { name: "sign-in", points, duration: QUARTER_HOUR });
  const blocks = createLimiter(sql, { name: "sign-in-block", points: 1, duration: DAY });
  return {
    async consume(key) {
      const refusal = await refusalOf(tries.consume(key));
      // Of any number of tries at once exactly one is the first that was too many.
      if (refusal?.consumedPoints !== points + 1) return secondsToWait(refusal);
      const { consumedPoints: times } = await blocks.penalty(key);
      const seconds = Math.min(QUARTER_HOUR * 2 ** (times - 1), LONGEST_BLOCK);
      await tries.block(key, seconds);
      return seconds;
    },
    async reset(key) {
      await Promise.all([tries.delete(key), blocks.delete(key)]);
    },
  };
}

/** Tries of one network at whatever account: what stops one password from being tried on all. */
function guessesOfNetwork(sql: Sql, points: number): GuessLimits["network"] {
  if (points === 0) return { consume: async () => 0, giveBack: async () => {} };
  const limiter = createLimiter(sql, {
    name: "sign-in-network",
    points,
    duration: QUARTER_HOUR,
    blockInMemoryAt: points + 1,
  });
  return {
    consume: async (network) => secondsToWait(await refusalOf(limiter.consume(network))),
    async giveBack(network) {
      await limiter.reward(network);
    },
  };
}
