import { readArgon2 } from "./argon2.ts";
import { readBcrypt } from "./bcrypt.ts";
import { readPbkdf2 } from "./pbkdf2.ts";
import { type HashReading, type ReadScheme, refused } from "./reading.ts";
import { readScrypt } from "./scrypt.ts";

const schemes: readonly ReadScheme[] = [readArgon2, readBcrypt, readScrypt, readPbkdf2];

/** No hash of any kind is longer, in characters. */
const LONGEST = 1024;

/**
 * Reads a password hash of any system we can take accounts from. Refuses what is cut off, what is of
 * another kind (plain MD5, SHA-1, crypt), and costs that would let one sign-in stall the server.
 */
export function readHash(text: string): HashReading {
  if (text.length > LONGEST) return refused("too long for a password hash");
  for (const scheme of schemes) {
    const reading = scheme(text);
    if (reading !== null) return reading;
  }
  return refused("not a hash of a kind that can be verified (Argon2, bcrypt, scrypt, PBKDF2)");
}
