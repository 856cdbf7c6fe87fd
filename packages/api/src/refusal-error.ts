import type { Reason, Refusal } from "@rekey/contract/reasons";
import { TRPCError } from "@trpc/server";

type ErrorCode = TRPCError["code"];

/** An expected "no" on its way to the client. */
export class RefusalError extends TRPCError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super({ code: codeOf(refusal.reason), message: messageOf(refusal) });
    this.refusal = refusal;
  }
}

/** Lets a good outcome through and throws a refused one, which is how tRPC says no. */
export function orRefuse<Outcome extends { status: string }>(
  outcome: Outcome | ({ status: "refused" } & Refusal),
): Exclude<Outcome, { status: "refused" }> {
  if (outcome.status === "refused") {
    const { status: _, ...refusal } = outcome as { status: "refused" } & Refusal;
    throw new RefusalError(refusal);
  }
  return outcome as Exclude<Outcome, { status: "refused" }>;
}

/** What tRPC calls a refusal, and so its HTTP status. */
export function codeOf(reason: Reason): ErrorCode {
  switch (reason) {
    case "TOKEN_INVALID":
    case "TOKEN_EXPIRED":
    case "TOKEN_REPLACED":
    case "TOKEN_USED":
    case "PASSWORD_TOO_SHORT":
    case "PASSWORD_TOO_LONG":
    case "PASSWORD_TOO_COMMON":
    case "PASSWORD_REQUIRED":
    case "CODE_WRONG":
    case "CODE_DEAD":
    case "INVALID_INPUT":
      return "BAD_REQUEST";
    case "INVALID_CREDENTIALS":
    case "UNAUTHENTICATED":
      return "UNAUTHORIZED";
    case "FORBIDDEN_ORIGIN":
      return "FORBIDDEN";
    case "RATE_LIMITED":
      return "TOO_MANY_REQUESTS";
    case "INTERNAL":
      return "INTERNAL_SERVER_ERROR";
  }
}

/** For a developer with curl; the SPA words each reason itself, in its own language. */
export function messageOf(refusal: Refusal): string {
  switch (refusal.reason) {
    case "TOKEN_INVALID":
      return "This token was not issued here, was altered, or is for another purpose.";
    case "TOKEN_EXPIRED":
      return "This token has expired. Get a new link.";
    case "TOKEN_REPLACED":
      return "A newer link was sent. Use that one.";
    case "TOKEN_USED":
      return "This token was used or cancelled, or the password or address has changed since.";
    case "PASSWORD_TOO_SHORT":
      return "The password is too short.";
    case "PASSWORD_TOO_LONG":
      return "The password is too long.";
    case "PASSWORD_TOO_COMMON":
      return "The password is too easy to guess.";
    case "PASSWORD_REQUIRED":
      return "The sign-up came from another browser. Choose a password to confirm it here.";
    case "CODE_WRONG":
      return `This is not the code of this request. Attempts left: ${refusal.attemptsLeft}.`;
    case "CODE_DEAD":
      return "This code has expired, or was used up, replaced or cancelled. Ask for a new one.";
    case "INVALID_CREDENTIALS":
      return "The address or the password is wrong.";
    case "UNAUTHENTICATED":
      return "Sign in first.";
    case "FORBIDDEN_ORIGIN":
      return "This may only be called from the application's own pages.";
    case "RATE_LIMITED":
      return `Too many attempts. Try again in ${refusal.retryAfter} seconds.`;
    case "INVALID_INPUT":
      return refusal.issues
        .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
        .join("; ");
    case "INTERNAL":
      return `Something went wrong on our side. Mention request ${refusal.requestId} when you report it.`;
  }
}
