/** Counts a call of a network. Resolves to 0 when it may go on, else to the seconds to wait. */
type Consume = (network: string) => Promise<number>;

/** Limits per network, one for each procedure that sends a mail. */
export interface Limits {
  requestReset: Consume;
  signUp: Consume;
}
