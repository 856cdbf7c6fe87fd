import { createHmac, timingSafeEqual } from "node:crypto";
import { type KeyRing, subkey } from "./key-ring.ts";
import { lengthen, shorten } from "./tokens.ts";

/** A request for a reset, as its handle names it. */
export interface RequestHandle {
  /** UUID of the request, which is also that of its email and link. */
  id: string;
  /** Kept to the second. */
  expiresAt: Date;
}

export interface CodesConfig {
  keys: KeyRing;
  /** The installation's public address: a handle or code of another one is refused. */
  issuer: string;
}

/** Bytes of a handle: the id, the seconds since 1970, an authentication tag. */
const ID = 16;
const TIME = 6;
const TAG = 16;

export type Codes = ReturnType<typeof createCodes>;

/**
 * Codes that a person types in place of opening a link, and the handles of the requests they belong to.
 * Both are derived from the request's id, so neither is stored, and a code says nothing of any other.
 */
export function createCodes({ keys, issuer }: CodesConfig) {
  const signing = subkeysOf(keys.signing);
  const all = [...keys.byId.values()].map(subkeysOf);

  function subkeysOf(key: KeyRing["signing"]) {
    return { code: subkey(key, `code ${issuer}`), handle: subkey(key, `request ${issuer}`) };
  }

  return {
    /** Eight digits, uniformly distributed: 64 bits reduced to 27 leave a bias below 2^-37. */
    codeOf: (id: string): string => derive(signing.code, id),

    /** Whether `code` is that of the request, under any key of the ring. */
    isCodeOf(id: string, code: string): boolean {
      const given = Buffer.from(code);
      const same = all.map(({ code: key }) => {
        const right = Buffer.from(derive(key, id));
        return right.length === given.length && timingSafeEqual(right, given);
      });
      return same.includes(true);
    },

    /** What the browser that asked keeps: 51 characters, the same length for every request. */
    handleOf({ id, expiresAt }: RequestHandle): string {
      const body = Buffer.alloc(ID + TIME);
      body.write(shorten(id), "base64url");
      body.writeUIntBE(Math.floor(expiresAt.getTime() / 1000), ID, TIME);
      return Buffer.concat([body, tag(signing.handle, body)]).toString("base64url");
    },

    /** Reads a handle, or null when it was not issued here. It may have expired. */
    readHandle(handle: string): RequestHandle | null {
      const bytes = Buffer.from(handle, "base64url");
      if (bytes.length !== ID + TIME + TAG || bytes.toString("base64url") !== handle) return null;
      const body = bytes.subarray(0, ID + TIME);
      const given = bytes.subarray(ID + TIME);
      if (!all.some((keys) => timingSafeEqual(tag(keys.handle, body), given))) return null;
      return {
        id: lengthen(body.subarray(0, ID).toString("base64url")),
        expiresAt: new Date(body.readUIntBE(ID, TIME) * 1000),
      };
    },
  };
}

function derive(key: Uint8Array, id: string): string {
  const digest = createHmac("sha256", key).update(id).digest();
  return String(digest.readBigUInt64BE() % 100_000_000n).padStart(8, "0");
}

function tag(key: Uint8Array, body: Uint8Array): Buffer {
  return createHmac("sha256", key).update(body).digest().subarray(0, TAG);
}
