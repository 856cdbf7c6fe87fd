import { type PasswordPolicy, passwordMessage } from "@rekey/contract/password";
import { paths } from "@rekey/contract/paths";
import type { CallFailure } from "./call-failure.ts";
import { inWords } from "./in-words.ts";

/** A sentence for a person, the field it is about, and a way on if there is one. */
export interface Problem {
  message: string;
  field?: string;
  link?: { to: string; text: string };
}

/** What to tell a person about each way a call can fail. A new reason does not compile until it is here. */
export function explainRefusal(failure: CallFailure, policy: PasswordPolicy): Problem[] {
  switch (failure.reason) {
    case "TOKEN_INVALID":
      return [{ message: "This link does not work. Open it from your mail again." }];
    case "TOKEN_EXPIRED":
      return [{ message: "This link has expired. Ask for a new one." }];
    case "TOKEN_REPLACED":
      return [{ message: "A newer link was sent to you. Open that one." }];
    case "TOKEN_USED":
      return [{ message: "This link has already been used. Ask for a new one." }];
    case "PASSWORD_TOO_SHORT":
    case "PASSWORD_TOO_LONG":
    case "PASSWORD_TOO_COMMON":
      return [{ field: "password", message: passwordMessage(failure.reason, policy) }];
    case "INVALID_CREDENTIALS":
      return [{ message: "The email address or the password is not right" }];
    case "UNAUTHENTICATED":
      return [
        {
          message: "You are no longer signed in.",
          link: { to: paths.signIn, text: "Sign in again" },
        },
      ];
    case "RATE_LIMITED":
      return [{ message: `Too many tries. Try again in ${inWords(failure.retryAfter, "up")}.` }];
    case "INVALID_INPUT":
      return failure.issues.map(({ path, message }) =>
        path === "" ? { message } : { field: path, message },
      );
    case "FORBIDDEN_ORIGIN":
      return [
        { message: "We could not be sure that this came from our own page. Reload the page." },
      ];
    case "INTERNAL":
      return [
        {
          message: `Something went wrong on our side. Try again in a moment. If it happens again, tell us the request number: ${failure.requestId}`,
        },
      ];
    case "OFFLINE":
      return [{ message: "You are offline. Nothing was sent. Connect and try again." }];
    case "UNREACHABLE":
      return [
        {
          message:
            "We could not reach our server. Check your connection and try again; nothing was lost.",
        },
      ];
  }
}
