import { mailboxKey } from "@rekey/contract/email";

/** Counts tries by key, in storage that all processes share. */
export interface Throttle {
  /** Counts one try. Resolves to 0 when it may go on, else to the seconds to wait. */
  consume(key: string): Promise<number>;
  /** Forgets the tries of a key, and that it was ever blocked. */
  reset(key: string): Promise<void>;
}

/** The key of tries at one account from one network. */
export function triesKey(email: string, network: string): string {
  return `${mailboxKey(email)} ${network}`;
}

/** What stands between a guesser and a password. */
export interface GuessLimits {
  /** Tries at one account from one network; each block lasts longer than the one before. */
  account: Throttle;
  /** Tries of one network at any account; one that succeeded is given back. */
  network: {
    consume(network: string): Promise<number>;
    giveBack(network: string): Promise<void>;
  };
}
