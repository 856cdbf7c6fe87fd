import { errors, jwtVerify, SignJWT } from "jose";
import type { KeyRing } from "./key-ring.ts";

/** What a token is for: its audience. One for another purpose is refused. */
export type TokenPurpose = "reset-password" | "cancel-reset" | "verify-email" | "secure-account";

export interface TokenClaims {
  /** `jti`: the record this token stands for. */
  id: string;
  /** `sub`: whose it is. */
  subject: string;
  issuedAt: Date;
  expiresAt: Date;
  /** What must still be so when the token is used, as an opaque fingerprint. */
  state: string;
}

export type TokenVerdict =
  | { status: "valid"; claims: TokenClaims }
  | { status: "refused"; reason: "TOKEN_INVALID" | "TOKEN_EXPIRED" };

export interface TokensConfig {
  keys: KeyRing;
  /** The installation's public address, so that a token of another one is refused (`iss`). */
  issuer: string;
  now: () => Date;
}

/** Longer than any token of ours; what is longer is refused before anything is computed. */
const MAX_LENGTH = 1024;

export type Tokens = ReturnType<typeof createTokens>;

/**
 * Signed, purpose-bound tokens: JWTs (RFC 7519) with HS256 alone (RFC 8725 3.1). The same claims and
 * key always give the same token, so a retried mail carries the same link and nothing is stored.
 */
export function createTokens({ keys, issuer, now }: TokensConfig) {
  /** A compact JWS. Times are kept to the second. */
  function issue(purpose: TokenPurpose, claims: TokenClaims): Promise<string> {
    return new SignJWT({ state: claims.state })
      .setProtectedHeader({ alg: "HS256", kid: keys.signing.id })
      .setIssuer(issuer)
      .setAudience(purpose)
      .setSubject(claims.subject)
      .setJti(claims.id)
      .setIssuedAt(seconds(claims.issuedAt))
      .setExpirationTime(seconds(claims.expiresAt))
      .sign(keys.signing.secret);
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
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = keys.byId.get(kid ?? "");
          if (key === undefined) throw new errors.JWKSNoMatchingKey();
          return key.secret;
        },
        {
          algorithms: ["HS256"],
          issuer,
          audience: purpose,
          requiredClaims: ["sub", "jti", "iat", "exp", "state"],
          currentDate: now(),
        },
      );
      return {
        status: "valid",
        claims: {
          id: String(payload.jti),
          subject: String(payload.sub),
          issuedAt: new Date(Number(payload.iat) * 1000),
          expiresAt: new Date(Number(payload.exp) * 1000),
          state: String(payload.state),
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

/**
 * Whether the signature is spelled the one way we spell it. Base64 leaves spare bits in the last
 * character, which decoders ignore: without this, an altered token could pass.
 */
function isCanonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  return Buffer.from(signature, "base64url").toString("base64url") === signature;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
