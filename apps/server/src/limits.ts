import { availableParallelism } from "node:os";
import type { AccountLimits, Throttle } from "@rekey/accounts/throttle";
import type { Limits } from "@rekey/api/limits";
import { networksOf } from "@rekey/contract/network";
import type { Sql } from "@rekey/db/open-database";
import { createGate } from "./gate.ts";
import { createLimiter, refusalOf, secondsToWait } from "./limiter.ts";
import { createNetworkLimiter } from "./network-limiter.ts";

const HOUR = 3600;
const QUARTER_HOUR = 900;
const DAY = 24 * HOUR;
/** Longest lockout, in seconds. */
const LONGEST_BLOCK = 4 * HOUR;

/** Changes an hour that somebody who is signed in may make, with one session and from one network. */
const WRITES_PER_SESSION = 60;
const WRITES_PER_NETWORK = 240;

/**
 * CPUs + 1, so that one call can wait on I/O. A hash takes 19 MiB and some 55 ms; what waits is some ten
 * seconds of work, of which one caller may have two.
 */
const passwordsAtOnce = {
  atOnce: availableParallelism() + 1,
  waiting: 250 * availableParallelism(),
  perCaller: 50 * availableParallelism(),
};
const resetsAtOnce = { atOnce: 2, waiting: 250, perCaller: 50 };
/** Requests to the service that knows breached passwords. They take time and no processor. */
const lookUpsAtOnce = { atOnce: 20, waiting: 100, perCaller: 5 };

/** Each 0 is no limit. */
export interface LimitsConfig {
  requestsPerNetwork: number;
  signInLimit: number;
  signInsPerNetwork: number;
  wrongTokensPerNetwork: number;
}

/** Every limit that is counted in the database, by what it protects, and the gates of this process. */
export function createLimits(sql: Sql, config: LimitsConfig) {
  const { requestsPerNetwork, signInLimit, signInsPerNetwork, wrongTokensPerNetwork } = config;
  const gates = {
    passwords: createGate(passwordsAtOnce),
    resets: createGate(resetsAtOnce),
    lookUps: createGate(lookUpsAtOnce),
  };
  const calls: Limits = {
    requestReset: perHour(sql, "reset", requestsPerNetwork).consume,
    signUp: perHour(sql, "sign-up", requestsPerNetwork).consume,
    wrongTokens: wrongGuesses(sql, "wrong-token", wrongTokensPerNetwork),
    wrongCodes: wrongGuesses(sql, "wrong-code", wrongTokensPerNetwork),
    // Whoever switches off the limit on requests means this one too.
    writes: requestsPerNetwork === 0 ? async () => 0 : writes(sql),
    passwords: gates.passwords,
  };
  const accounts: AccountLimits = {
    account: growingThrottle(sql, signInLimit),
    network: guessesOfNetwork(sql, signInsPerNetwork),
    passwords: gates.passwords,
    resets: gates.resets,
  };
  return { calls, accounts, gates };
}

const unlimited = {
  consume: async () => 0,
  wait: async () => 0,
  giveBack: async () => {},
  reset: async () => {},
};

/** So many calls an hour of one network; 0 is no limit. */
function perHour(sql: Sql, name: string, points: number) {
  if (points === 0) return unlimited;
  return createNetworkLimiter(sql, { name, points, duration: HOUR, blockInMemory: "when reached" });
}

function wrongGuesses(sql: Sql, name: string, points: number): Limits["wrongTokens"] {
  if (points === 0) return { wait: unlimited.wait, count: unlimited.consume };
  const { wait, consume } = createNetworkLimiter(sql, { name, points, duration: HOUR });
  return { wait, count: consume };
}

/** By session first: a thief of one does not use up what its owner may do with another. */
function writes(sql: Sql): Limits["writes"] {
  const shared = { duration: HOUR, blockInMemory: "when reached" } as const;
  const ofSession = createNetworkLimiter(sql, {
    ...shared,
    name: "write-session",
    points: WRITES_PER_SESSION,
  });
  const ofAccount = createNetworkLimiter(sql, {
    ...shared,
    name: "write-account",
    points: WRITES_PER_NETWORK,
  });
  return async ({ id, account }, network) =>
    (await ofSession.consume(network, id)) || (await ofAccount.consume(network, account.id));
}

/**
 * So many tries in a quarter of an hour; whoever goes on is blocked for as long, and each time that
 * happens within a day for twice as long as before. It counts by account and network, so nobody can
 * lock an owner out from elsewhere (OWASP Authentication Cheat Sheet, "Account Lockout").
 */
function growingThrottle(sql: Sql, points: number): Throttle {
  if (points === 0) return unlimited;
  const tries = createNetworkLimiter(sql, { name: "sign-in", points, duration: QUARTER_HOUR });
  const blocks = createLimiter(sql, { name: "sign-in-block", points: 1, duration: DAY });
  return {
    async consume(network, subject) {
      for (const { limiter, key, points } of tries.placesOf(network, subject)) {
        const refusal = await refusalOf(limiter.consume(key));
        if (refusal === null) continue;
        // Of any number of tries at once exactly one is the first that was too many.
        if (refusal.consumedPoints !== points + 1) return secondsToWait(refusal);
        const { consumedPoints: times } = await blocks.penalty(key);
        const seconds = Math.min(QUARTER_HOUR * 2 ** (times - 1), LONGEST_BLOCK);
        await limiter.block(key, seconds);
        return seconds;
      }
      return 0;
    },
    async reset(network, subject) {
      const keys = networksOf(network).map((wider) => `${subject} ${wider}`);
      await Promise.all([tries.reset(network, subject), ...keys.map((key) => blocks.delete(key))]);
    },
  };
}

/** Tries of one network at whatever account: what stops one password from being tried on all. */
function guessesOfNetwork(sql: Sql, points: number): AccountLimits["network"] {
  if (points === 0) return unlimited;
  return createNetworkLimiter(sql, {
    name: "sign-in-network",
    points,
    duration: QUARTER_HOUR,
    // The last one within the limit may yet be given back.
    blockInMemory: "beyond",
  });
}
