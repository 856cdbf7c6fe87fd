import type { Reason, Refusal, TokenReason } from "@rekey/contract/reasons";
import { TRPCClientError } from "@trpc/client";

/** Why a call came to nothing: the server's reason, or that there was no answer. */
export type CallFailure =
  | Refusal
  /** Sent, and no answer of ours came back: it may or may not have been done. */
  | { reason: "UNREACHABLE" }
  /** Signed in, and the browser did not keep the cookie of the session. */
  | { reason: "COOKIES_BLOCKED" };

/** A call signed somebody in whom the next call does not know: the browser keeps no cookies of ours. */
export class CookiesBlockedError extends Error {}

const known: Record<Reason, true> = {
  TOKEN_INVALID: true,
  TOKEN_EXPIRED: true,
  TOKEN_REPLACED: true,
  TOKEN_USED: true,
  PASSWORD_TOO_SHORT: true,
  PASSWORD_TOO_LONG: true,
  PASSWORD_TOO_COMMON: true,
  PASSWORD_REQUIRED: true,
  CODE_WRONG: true,
  CODE_DEAD: true,
  INVALID_CREDENTIALS: true,
  UNAUTHENTICATED: true,
  RATE_LIMITED: true,
  INVALID_INPUT: true,
  FORBIDDEN_ORIGIN: true,
  INTERNAL: true,
};

/** Reads what a call threw. Anything but a failed call is a bug of ours and is thrown on. */
export function callFailure(error: unknown): CallFailure {
  if (error instanceof CookiesBlockedError) return { reason: "COOKIES_BLOCKED" };
  if (!(error instanceof TRPCClientError)) throw error;
  const data: unknown = error.data;
  return isRefusal(data) ? data : { reason: "UNREACHABLE" };
}

/** A proxy in between may answer in its own words, so the shape is not taken on trust. */
function isRefusal(data: unknown): data is Refusal {
  return (
    typeof data === "object" &&
    data !== null &&
    "reason" in data &&
    typeof data.reason === "string" &&
    Object.hasOwn(known, data.reason)
  );
}

/** The token's fault in a failed call, or null when the failure is another or there is none. */
export function tokenReason(error: unknown): TokenReason | null {
  if (!error) return null;
  const { reason } = callFailure(error);
  switch (reason) {
    case "TOKEN_INVALID":
    case "TOKEN_EXPIRED":
    case "TOKEN_REPLACED":
    case "TOKEN_USED":
      return reason;
    default:
      return null;
  }
}
