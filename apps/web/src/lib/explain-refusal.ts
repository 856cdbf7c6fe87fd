import type { PageConfig } from "@rekey/contract/page-config";
import { paths } from "@rekey/contract/paths";
import type { LinkProps } from "react-router-dom";
import type { CallFailure } from "./call-failure.ts";
import { inputMessage, passwordMessages, policyValues } from "./field-message.ts";
import type { Message, MessageKey } from "./i18n/message.ts";

/** A sentence for a person, the field it is about, and a way on if there is one. */
export interface Problem {
  message: Message;
  field?: string;
  link?: Pick<LinkProps, "to" | "reloadDocument"> & { text: MessageKey };
}

/** What to tell a person about each way a call can fail. A new reason does not compile until it is here. */
export function explainRefusal(
  failure: CallFailure,
  { passwordPolicy, appUrl }: Pick<PageConfig, "passwordPolicy" | "appUrl">,
): Problem[] {
  switch (failure.reason) {
    case "TOKEN_INVALID":
      return [{ message: { key: "refused.tokenInvalid" } }];
    case "TOKEN_EXPIRED":
      return [{ message: { key: "refused.tokenExpired" } }];
    case "TOKEN_REPLACED":
      return [{ message: { key: "refused.tokenReplaced" } }];
    case "TOKEN_USED":
      return [{ message: { key: "refused.tokenUsed" } }];
    case "PASSWORD_TOO_SHORT":
    case "PASSWORD_TOO_LONG":
    case "PASSWORD_TOO_COMMON": {
      const key = passwordMessages[failure.reason];
      return [{ field: "password", message: { key, values: policyValues(passwordPolicy) } }];
    }
    case "PASSWORD_REQUIRED":
      return [{ field: "password", message: { key: "wrong.newPasswordMissing" } }];
    case "CODE_WRONG": {
      const { attemptsLeft: left } = failure;
      if (left === 0) return [{ field: "code", message: { key: "refused.codeDead" } }];
      return [{ field: "code", message: { key: "refused.codeWrong", values: { left } } }];
    }
    case "CODE_DEAD":
      return [{ field: "code", message: { key: "refused.codeDead" } }];
    case "INVALID_CREDENTIALS":
      return [{ message: { key: "refused.credentials" } }];
    case "UNAUTHENTICATED":
      return [
        {
          message: { key: "refused.signedOut" },
          link: { to: paths.signIn, text: "refused.signInAgain" },
        },
      ];
    case "RATE_LIMITED": {
      const wait = { seconds: failure.retryAfter, round: "up" } as const;
      return [{ message: { key: "refused.tooMany", values: { wait } } }];
    }
    case "INVALID_INPUT":
      return failure.issues.map(({ path }) => ({
        message: { key: inputMessage(path) },
        ...(path !== "" && { field: path }),
      }));
    case "FORBIDDEN_ORIGIN":
      return [{ message: { key: "refused.origin", values: { address: appUrl } } }];
    case "INTERNAL": {
      const { requestId } = failure;
      return [{ message: { key: "refused.fault", values: { requestId } } }];
    }
    case "COOKIES_BLOCKED":
      return [{ message: { key: "refused.cookies" } }];
    case "UNREACHABLE":
      return [{ message: { key: "refused.unreachable" } }];
  }
}
