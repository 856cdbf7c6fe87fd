/** Counts a call of a network. Resolves to 0 when it may go on, else to the seconds to wait. */
type Consume = (network: string) => Promise<number>;

/** Limits per network: one for each procedure that sends a mail, and one for tokens. */
export interface Limits {
  requestReset: Consume;
  signUp: Consume;
  wrongTokens: WrongTokens;
}

/** Tokens that were never issued here. One that expired or was used has an honest holder. */
export interface WrongTokens {
  /** The seconds to wait, 0 for none; counts nothing. */
  wait: Consume;
  count: Consume;
}
