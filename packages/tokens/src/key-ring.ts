import { createHash, createHmac } from "node:crypto";

/** RFC 7518 3.2: an HS256 key is at least as long as the hash. */
export const MIN_KEY_BYTES = 32;

/** One key, by the id that stands in the header of what it signed (`kid`, RFC 7515 4.1.4). */
export interface Key {
  id: string;
  secret: Uint8Array;
}

/** `signing` signs; every key of `byId` verifies, so that links outlive a rotation. */
export interface KeyRing {
  signing: Key;
  byId: ReadonlyMap<string, Key>;
}

/**
 * Builds a ring of at least one secret, newest first. A key's id is derived from the key, so a
 * rotation is nothing but a new first secret. Refuses secrets shorter than 32 bytes.
 */
export function createKeyRing(secrets: readonly string[]): KeyRing {
  const keys = secrets.map((text): Key => {
    const secret = new TextEncoder().encode(text);
    if (secret.length < MIN_KEY_BYTES) {
      throw new Error(
        `A signing key has ${secret.length} bytes; at least ${MIN_KEY_BYTES} are needed`,
      );
    }
    const id = createHash("sha256").update("rekey kid\0").update(secret).digest("base64url");
    return { id: id.slice(0, 11), secret };
  });
  const [signing] = keys;
  if (signing === undefined) throw new Error("A key ring needs at least one key");
  return { signing, byId: new Map(keys.map((key) => [key.id, key])) };
}

/** A key for one use alone, derived from a key of the ring (NIST SP 800-108, HMAC in counter mode of one block). */
export function subkey({ secret }: Key, use: string): Uint8Array {
  return createHmac("sha256", secret).update(`rekey ${use}\0`).digest();
}
