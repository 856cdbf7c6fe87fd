import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataDirError, prepareDataDir } from "@rekey/db/data-dir";
import { createKeyRing, type KeyRing } from "@rekey/tokens/key-ring";
import type { Config, Secrets } from "./config.ts";

/** As SECRET_KEY demands it (RFC 7518 3.2). */
const MIN_KEY_BYTES = 32;

/** 256 random bits as text that stands in a setting or a file as it is. */
export function newSigningKey(): string {
  return randomBytes(32).toString("base64url");
}

/** Where the keys live that are made in development: comma-separated, newest first. */
export function signingKeyFile(dataDir: string): string {
  return join(dataDir, "secret.key");
}

/**
 * The signing keys, newest first: those configured, or, in development, one made at the first start
 * and kept in the data directory, so that links survive a restart.
 */
export function loadSigningKeys(configured: string[] | null, dataDir: string): string[] {
  if (configured !== null) return configured;
  prepareDataDir(dataDir);
  const file = signingKeyFile(dataDir);
  try {
    // Exclusive: of two processes that start at once, one writes and both read.
    writeFileSync(file, newSigningKey(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const keys = readFileSync(file, "utf8")
    .split(",")
    .flatMap((key) => key.trim() || []);
  if (keys.length > 0 && keys.every((key) => Buffer.byteLength(key) >= MIN_KEY_BYTES)) return keys;
  throw new DataDirError(
    `${file} holds no signing key. Restore it from a backup, or delete it: a new key is made then, ` +
      "and links that are out stop working.",
  );
}

/** Replaces the kept keys; a process that starts meanwhile reads the old ones or the new, never half. */
export function saveSigningKeys(keys: readonly string[], dataDir: string): void {
  const file = signingKeyFile(dataDir);
  const next = `${file}.${process.pid}`;
  writeFileSync(next, keys.join(","), { mode: 0o600 });
  renameSync(next, file);
}

/** The key ring of this installation. */
export function openKeyRing(
  { dataDir }: Pick<Config, "dataDir">,
  { signingKeys }: Pick<Secrets, "signingKeys">,
): KeyRing {
  return createKeyRing(loadSigningKeys(signingKeys, dataDir));
}
