/** Counts tries by key, in storage that all processes share. */
export interface Throttle {
  /** Counts one try. Resolves to 0 when it may go on, else to the seconds to wait. */
  consume(key: string): Promise<number>;
  /** Forgets the tries of a key. */
  reset(key: string): Promise<void>;
}
