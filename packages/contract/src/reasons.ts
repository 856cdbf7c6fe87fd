/**
 * Every way a call can be refused, as literals. They are part of the contract: a client may switch
 * over `reason` exhaustively, and the compiler tells it when one is added.
 */
export type TokenReason =
  /** Never issued by us, altered, or issued for another purpose. */
  | "TOKEN_INVALID"
  /** Its life is over. */
  | "TOKEN_EXPIRED"
  /** A newer link was sent. */
  | "TOKEN_REPLACED"
  /** Used, cancelled, or the password or address has changed since. */
  | "TOKEN_USED";

export type PasswordReason = "PASSWORD_TOO_SHORT" | "PASSWORD_TOO_LONG" | "PASSWORD_TOO_COMMON";

export type CodeReason =
  /** Not the code of this request. A few more attempts are left. */
  | "CODE_WRONG"
  /** Expired, used up, replaced or cancelled, or the handle was not issued here. */
  | "CODE_DEAD";

export type Reason =
  | TokenReason
  | PasswordReason
  /** A sign-up confirmed in another browser than it was sent from has to choose its password there. */
  | "PASSWORD_REQUIRED"
  | CodeReason
  | "INVALID_CREDENTIALS"
  | "UNAUTHENTICATED"
  | "RATE_LIMITED"
  | "INVALID_INPUT"
  | "FORBIDDEN_ORIGIN"
  | "INTERNAL";

/** One field that was wrong: `path` is dotted ("email"), `message` a sentence for a person. */
export interface InputIssue {
  path: string;
  message: string;
}

/** What `error.data` carries besides tRPC's own `code` and `httpStatus`. */
export type Refusal =
  | {
      reason: Exclude<
        Reason,
        "PASSWORD_REQUIRED" | "CODE_WRONG" | "RATE_LIMITED" | "INVALID_INPUT" | "INTERNAL"
      >;
    }
  /** `email` masked: the address that is being confirmed. */
  | { reason: "PASSWORD_REQUIRED"; email: string }
  /** `attemptsLeft`: wrong codes that may still be tried before the code is dead, 0 to 4. */
  | { reason: "CODE_WRONG"; attemptsLeft: number }
  /** `retryAfter` in whole seconds, the same figure as the `Retry-After` header. */
  | { reason: "RATE_LIMITED"; retryAfter: number }
  | { reason: "INVALID_INPUT"; issues: InputIssue[] }
  /** `requestId` stands in the server's log beside the cause, which is told to nobody else. */
  | { reason: "INTERNAL"; requestId: string };

const passwordReasons: ReadonlySet<string> = new Set<PasswordReason>([
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_LONG",
  "PASSWORD_TOO_COMMON",
]);

export function isPasswordReason(value: unknown): value is PasswordReason {
  return typeof value === "string" && passwordReasons.has(value);
}
