/** What a stored hash of some system turns out to be. */
export type HashReading =
  | { status: "readable"; matches: (password: string) => Promise<boolean> }
  /** `reason` says why it cannot or must not be verified here, without any part of it. */
  | { status: "refused"; reason: string };

/** Reads the hashes of one family; null for one of another. */
export type ReadScheme = (text: string) => HashReading | null;

export function refused(reason: string): HashReading {
  return { status: "refused", reason };
}

/**
 * The bytes behind a digest, or null when they are not one of `lengths` many: scrypt and PBKDF2
 * digests that were cut off still match, an empty one every password.
 */
export function decodeDigest(
  text: string,
  encoding: "hex" | "base64",
  lengths: readonly number[],
): Buffer | null {
  const digest = Buffer.from(text, encoding);
  return lengths.includes(digest.length) ? digest : null;
}
