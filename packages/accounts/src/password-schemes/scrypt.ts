import { scrypt, timingSafeEqual } from "node:crypto";
import { decodeDigest, type HashReading, refused } from "./reading.ts";

/** RFC 7914: cost N, block size r, parallelization p. */
interface Costs {
  N: number;
  r: number;
  p: number;
}

/** The most that one sign-in may take, in bytes: memory, and memory over all p. */
const MAX_MEMORY = 256 * 1024 * 1024;
const MAX_WORK = 1024 * 1024 * 1024;

/** What these systems make, in bytes: passlib the shorter, the others the longer. */
const LENGTHS = [32, 64];

const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{1,512})=*\$([A-Za-z0-9+/]{1,512})=*$/;
const DJANGO =
  /^scrypt\$(\d{1,9})\$([^$\p{Cc}\p{Cs}]{1,256})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/]{1,512}=*)$/u;
const WERKZEUG =
  /^scrypt:(\d{1,9}):(\d{1,3}):(\d{1,3})\$([^$\p{Cc}\p{Cs}]{1,256})\$([0-9a-f]{1,512})$/u;
const BETTER_AUTH = /^([0-9a-f]{32}):([0-9a-f]{128})$/;

/**
 * scrypt as PHC (`$scrypt$ln=16,r=8,p=1$salt$digest`), Django (`scrypt$N$salt$r$p$digest`), Werkzeug
 * (`scrypt:N:r:p$salt$digest`) and Better Auth (`salt:digest`, its fixed costs) write it.
 */
export function readScrypt(text: string): HashReading | null {
  const phc = text.match(PHC);
  if (phc !== null) {
    const [, ln, r, p, salt = "", digest = ""] = phc;
    const costs = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
    return reading(costs, Buffer.from(salt, "base64"), decodeDigest(digest, "base64", LENGTHS));
  }
  const django = text.match(DJANGO);
  if (django !== null) {
    const [, N, salt = "", r, p, digest = ""] = django;
    const costs = { N: Number(N), r: Number(r), p: Number(p) };
    return reading(costs, Buffer.from(salt), decodeDigest(digest, "base64", LENGTHS));
  }
  const werkzeug = text.match(WERKZEUG);
  if (werkzeug !== null) {
    const [, N, r, p, salt = "", digest = ""] = werkzeug;
    const costs = { N: Number(N), r: Number(r), p: Number(p) };
    return reading(costs, Buffer.from(salt), decodeDigest(digest, "hex", LENGTHS));
  }
  const betterAuth = text.match(BETTER_AUTH);
  if (betterAuth !== null) {
    const [, salt = "", digest = ""] = betterAuth;
    // The salt is the text of the hex digits, not the bytes they stand for.
    return reading(
      { N: 16_384, r: 16, p: 1 },
      Buffer.from(salt),
      decodeDigest(digest, "hex", LENGTHS),
    );
  }
  return /^\$?scrypt[$:]/.test(text) ? refused("not a whole scrypt hash") : null;
}

function reading({ N, r, p }: Costs, salt: Buffer, digest: Buffer | null): HashReading {
  const powerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (digest === null || !powerOfTwo || r < 1 || p < 1) return refused("not a whole scrypt hash");
  const memory = 128 * r * N;
  if (memory > MAX_MEMORY || memory * p > MAX_WORK) {
    return refused(
      "a scrypt hash too costly to verify at each sign-in (at most 256 MiB, 1 GiB over all p)",
    );
  }
  const options = { N, r, p, maxmem: memory + 128 * r * (p + 8) };
  return {
    status: "readable",
    matches: (password) =>
      new Promise((resolve, reject) => {
        scrypt(password, salt, digest.length, options, (error, derived) => {
          if (error) reject(error);
          else resolve(timingSafeEqual(derived, digest));
        });
      }),
  };
}
