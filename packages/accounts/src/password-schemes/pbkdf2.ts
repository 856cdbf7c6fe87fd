import { pbkdf2, timingSafeEqual } from "node:crypto";
import { decodeDigest, type HashReading, refused } from "./reading.ts";

/** About 2 s of SHA-256. */
const MAX_ITERATIONS = 5_000_000;

/** Both systems keep digests as long as the hash function's, in bytes. */
const LENGTHS: Record<string, number> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

const DJANGO =
  /^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$\p{Cc}\p{Cs}]{1,256})\$([A-Za-z0-9+/]{1,512}=*)$/u;
const WERKZEUG =
  /^pbkdf2:(sha1|sha224|sha256|sha384|sha512):(\d{1,9})\$([^$\p{Cc}\p{Cs}]{1,256})\$([0-9a-f]{1,512})$/u;

/**
 * PBKDF2 (RFC 8018) as Django (`pbkdf2_sha256$iterations$salt$digest`) and Werkzeug
 * (`pbkdf2:sha256:iterations$salt$digest`) write it.
 */
export function readPbkdf2(text: string): HashReading | null {
  const django = text.match(DJANGO);
  const found = django ?? text.match(WERKZEUG);
  if (found === null) {
    return /^pbkdf2[_:]/.test(text) ? refused("not a whole PBKDF2 hash") : null;
  }
  const [, algorithm = "", count, salt = "", encoded = ""] = found;
  const iterations = Number(count);
  const digest = decodeDigest(encoded, django === null ? "hex" : "base64", [
    LENGTHS[algorithm] ?? 0,
  ]);
  if (digest === null || iterations < 1) return refused("not a whole PBKDF2 hash");
  if (iterations > MAX_ITERATIONS) {
    return refused(
      `a PBKDF2 hash too costly to verify at each sign-in (at most ${MAX_ITERATIONS} iterations)`,
    );
  }
  return {
    status: "readable",
    matches: (password) =>
      new Promise((resolve, reject) => {
        pbkdf2(password, salt, iterations, digest.length, algorithm, (error, derived) => {
          if (error) reject(error);
          else resolve(timingSafeEqual(derived, digest));
        });
      }),
  };
}
