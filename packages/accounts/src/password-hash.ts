import { hash, verify } from "@node-rs/argon2";
import { normalizePassword, PASSWORD_MAX } from "@rekey/contract/password";

/** Argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** How a hash made with these parameters begins (PHC string format). */
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Verified against when no account exists, so that both answers cost the same. */
const decoy = `${current}c29tZXNhbHRzb21lc2FsdA$8q4nZq7Jm2uH0c1m8oYbqkq0yB3b7r0oL9Yw3m2Jx1E`;

/** A PHC string of the password, NFKC-normalised. Its length is the caller's to check. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password), parameters);
}

/**
 * Whether the password is the one behind `passwordHash`. With null (no such account) the answer is
 * no after the same work.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  if (password.length > 4 * PASSWORD_MAX) return false;
  const same = await verify(passwordHash ?? decoy, normalizePassword(password));
  return same && passwordHash !== null;
}

/** Whether the hash was made with other parameters than today's. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(current);
}
