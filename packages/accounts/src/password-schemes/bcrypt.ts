import { createHash } from "node:crypto";
import { parseOptions, verify } from "@node-rs/bcrypt";
import { type HashReading, refused } from "./reading.ts";

/** 2^15 rounds take about 2 s. */
const MAX_COST = 15;

const MODULAR = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/**
 * `$2a$`, `$2b$` and `$2y$` (modular crypt), of which bcrypt reads the first 72 bytes of the password;
 * Django's `bcrypt$$2b$…`, and its `bcrypt_sha256$$2b$…`, bcrypt of the SHA-256 in hex.
 */
export function readBcrypt(text: string): HashReading | null {
  const [, django, hash = ""] = text.match(/^(?:(bcrypt|bcrypt_sha256)\$)?(\$2.*)$/s) ?? [];
  if (hash === "") return null;
  const cost = costOf(hash);
  if (cost === null) return refused("not a whole bcrypt hash");
  if (cost > MAX_COST) {
    return refused(`a bcrypt hash too costly to verify at each sign-in (at most ${MAX_COST})`);
  }
  const prepare = django === "bcrypt_sha256" ? sha256 : (password: string) => password;
  return { status: "readable", matches: (password) => verify(prepare(password), hash) };
}

function costOf(hash: string): number | null {
  if (!MODULAR.test(hash)) return null;
  try {
    return parseOptions(hash).cost;
  } catch {
    // Bits where a whole hash has none.
    return null;
  }
}

function sha256(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
