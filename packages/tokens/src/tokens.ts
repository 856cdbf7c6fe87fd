import { createHmac } from "node:crypto";
import { decodeJwt, errors, jwtVerify } from "jose";
import { type KeyRing, subkey } from "./key-ring.ts";

/** What a token is for: its audience. One for another purpose is refused. */
export type TokenPurpose = "reset-password" | "cancel-reset" | "verify-email" | "secure-account";

export interface TokenClaims {
  /** `jti`: UUID of the record this token stands for, which knows the rest. */
  id: string;
  /** Kept to the second. */
  expiresAt: Date;
  /** `sub`: whose it is, where no record says so. */
  subject?: string;
  /** What must still be so when the token is used, as an opaque fingerprint, where no record says so. */
  state?: string;
}

export type TokenVerdict =
  | { status: "valid"; claims: TokenClaims }
  | { status: "refused"; reason: "TOKEN_INVALID" | "TOKEN_EXPIRED" };

export interface TokensConfig {
  keys: KeyRing;
  /** The installation's public address: a token of another one is refused, even under the same key. */
  issuer: string;
  now: () => Date;
}

/** Longer than any token of ours; what is longer is refused before anything is computed. */
const MAX_LENGTH = 1024;

export type Tokens = ReturnType<typeof createTokens>;

/**
 * Signed, purpose-bound tokens: JWTs (RFC 7519) with HS256 alone (RFC 8725 3.1). The same claims and
 * key always give the same token, so a retried email carries the same link and nothing is stored. A
 * token of `id` and `expiresAt` alone has at most 200 characters, so that a link stays short: the
 * issuer is part of the key rather than a claim, and the UUID is written as base64url.
 */
export function createTokens({ keys, issuer, now }: TokensConfig) {
  const signingKeys = new Map(
    [...keys.byId].map(([id, key]) => [id, subkey(key, `token ${issuer}`)]),
  );

  /** A compact JWS. */
  async function issue(purpose: TokenPurpose, claims: TokenClaims): Promise<string> {
    const { id, expiresAt, subject, state } = claims;
    const payload = {
      ...(subject !== undefined && { sub: subject }),
      ...(state !== undefined && { state }),
      aud: purpose,
      jti: shorten(id),
      exp: Math.floor(expiresAt.getTime() / 1000),
    };
    // Signed here, at once: jose takes each HMAC to another thread, which costs more than the HMAC.
    const input = `${encoded({ alg: "HS256", kid: keys.signing.id })}.${encoded(payload)}`;
    const signature = createHmac("sha256", keyOf(keys.signing.id)).update(input);
    return `${input}.${signature.digest("base64url")}`;
  }

  function keyOf(kid: string | undefined): Uint8Array {
    const key = signingKeys.get(kid ?? "");
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  }

  /**
   * Checks signature, issuer, purpose and life. Only the holder of a token that we signed for this
   * purpose is told more than `TOKEN_INVALID`.
   */
  async function verify(purpose: TokenPurpose, token: string): Promise<TokenVerdict> {
    if (token.length > MAX_LENGTH || !isCanonical(token)) {
      return { status: "refused", reason: "TOKEN_INVALID" };
    }
    try {
      // Up to version 0.1.0 the issuer was a claim. Such a token works until it expires.
      const old = decodeJwt(token).iss !== undefined;
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => (old && keys.byId.get(kid ?? "")?.secret) || keyOf(kid),
        {
          algorithms: ["HS256"],
          audience: purpose,
          ...(old && { issuer }),
          requiredClaims: ["jti", "exp"],
          currentDate: now(),
        },
      );
      const { sub, state } = payload;
      return {
        status: "valid",
        claims: {
          id: old ? String(payload.jti) : lengthen(String(payload.jti)),
          expiresAt: new Date(Number(payload.exp) * 1000),
          ...(sub !== undefined && { subject: sub }),
          ...(state !== undefined && { state: String(state) }),
        },
      };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { status: "refused", reason: "TOKEN_EXPIRED" };
      if (error instanceof errors.JOSEError) return { status: "refused", reason: "TOKEN_INVALID" };
      throw error;
    }
  }

  return { issue, verify };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/**
 * Whether the signature is spelled the one way we spell it. Base64 leaves spare bits in the last
 * character, which decoders ignore: without this, an altered token could pass.
 */
function isCanonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  return Buffer.from(signature, "base64url").toString("base64url") === signature;
}

/** A UUID in 22 characters. */
export function shorten(uuid: string): string {
  return Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url");
}

/** The UUID that `shorten` shortened. */
export function lengthen(short: string): string {
  const hex = Buffer.from(short, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
