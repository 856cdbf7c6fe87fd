import { mailboxKey } from "@rekey/contract/email";
import { siteOf } from "@rekey/contract/network";

/** Counts tries by network and by what is tried, in storage that all processes share. */
export interface Throttle {
  /** Counts one try. Resolves to 0 when it may go on, else to the seconds to wait. */
  consume(network: string, subject: string): Promise<number>;
  /** Forgets the tries, and that there was ever a block. */
  reset(network: string, subject: string): Promise<void>;
}

/** What tries at signing in to one account count by, besides the network. */
export function signInTries(email: string): string {
  return mailboxKey(email);
}

/** Takes turns at what costs time and memory; null when too much waits, or too much of one caller. */
export interface Turns {
  enter<T>(callers: readonly string[], work: () => Promise<T>): Promise<T> | null;
}

/** Who takes a turn, as `Turns` tells one caller from another. */
export function callers(network: string, accountId?: string): string[] {
  return accountId === undefined ? [siteOf(network)] : [`account ${accountId}`, siteOf(network)];
}

/** What a caller is told to wait when too many are at it, in seconds. */
export const RUSH_SECONDS = 5;

/** What stands between accounts and those who guess, or who wear the processors out. */
export interface AccountLimits {
  /** Tries at one account from one network; each block lasts longer than the one before. */
  account: Throttle;
  /** Tries of one network at any account; one that succeeded is given back. */
  network: {
    consume(network: string): Promise<number>;
    giveBack(network: string): Promise<void>;
  };
  /** Hashing. Whoever holds a reset link does not wait for the others. */
  passwords: Turns;
  resets: Turns;
}
