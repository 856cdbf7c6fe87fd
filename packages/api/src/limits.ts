/** Counts a call of a network. Resolves to 0 when it may go on, else to the seconds to wait. */
type Consume = (network: string) => Promise<number>;

export interface Limits {
  /** Per network, for each procedure that sends a mail. */
  requestReset: Consume;
  signUp: Consume;
  /** Per network, over all procedures that take a token. */
  wrongTokens: WrongTokens;
  /** Per network, for codes that were wrong or dead. */
  wrongCodes: WrongTokens;
  /** What somebody who is signed in changes, by session, account and network. */
  writes: (session: { id: string; account: { id: string } }, network: string) => Promise<number>;
  /** Sign-ins at once: each hashes a password. */
  passwords: Gate;
}

/** Runs work when it is its turn; null when too much waits already, or too much of one caller. */
interface Gate {
  enter<T>(callers: readonly string[], work: () => Promise<T>): Promise<T> | null;
}

/** Guesses of one kind: of tokens, those that were never issued here. One that expired or was used has an honest holder. */
export interface WrongTokens {
  /** The seconds to wait, 0 for none; counts nothing. */
  wait: Consume;
  count: Consume;
}
