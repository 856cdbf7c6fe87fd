import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeyRing, type KeyRing } from "@rekey/tokens/key-ring";
import type { Config, Secrets } from "./config.ts";

/**
 * The signing keys, newest first: those configured, or, in development, one made at the first start
 * and kept in the data directory, so that links survive a restart.
 */
export function loadSigningKeys(configured: string[] | null, dataDir: string): string[] {
  if (configured !== null) return configured;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "secret.key");
  try {
    // Exclusive: of two processes that start at once, one writes and both read.
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return [readFileSync(file, "utf8").trim()];
}

/** The key ring of this installation. */
export function openKeyRing(
  { dataDir }: Pick<Config, "dataDir">,
  { signingKeys }: Pick<Secrets, "signingKeys">,
): KeyRing {
  return createKeyRing(loadSigningKeys(signingKeys, dataDir));
}
