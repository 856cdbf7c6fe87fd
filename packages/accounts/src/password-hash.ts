import { hash, verify } from "@node-rs/argon2";
import { normalizePassword, PASSWORD_MAX } from "@rekey/contract/password";
import { readHash } from "./password-schemes/read-hash.ts";

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
 *
 * Ours are of the password's NFKC form; an imported hash is of whatever its system was given, so
 * where the two forms differ both are tried, for every account and for none. An imported hash is
 * verified at the same time as the decoy: never faster than no account, and slower only by what its
 * own cost exceeds ours, until its first sign-in.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  if (password.length > 4 * PASSWORD_MAX) return false;
  const forms = [...new Set([normalizePassword(password), password])];
  const tries = await Promise.all(forms.map((form) => matches(passwordHash, form)));
  return tries.includes(true);
}

async function matches(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash?.startsWith(current)) return verify(passwordHash, password);
  const reading = passwordHash === null ? null : readHash(passwordHash);
  const [same] = await Promise.all([
    reading?.status === "readable" ? reading.matches(password) : false,
    verify(decoy, password),
  ]);
  return same;
}

/** Whether the hash was made otherwise than today: with other parameters, or by another system. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(current);
}
