import { PASSWORD_MAX, type PasswordPolicy } from "@rekey/contract/password";
import type { PasswordReason } from "@rekey/contract/reasons";
import { isVisible } from "@rekey/contract/visible";
import type * as z from "zod/mini";
import type { MessageKey } from "./i18n/message.ts";

export const passwordMessages: Record<PasswordReason, MessageKey> = {
  PASSWORD_TOO_SHORT: "wrong.passwordTooShort",
  PASSWORD_TOO_LONG: "wrong.passwordTooLong",
  PASSWORD_TOO_COMMON: "wrong.passwordTooCommon",
};

/** What the messages of fields say besides their words. */
export function policyValues({ minLength }: PasswordPolicy) {
  return { min: minLength, max: PASSWORD_MAX };
}

/**
 * What to tell a person about a value that a form's schema refuses. The sentences that the schemas
 * bring are for whoever calls the API; what counts here is the field and the issue.
 */
export function fieldMessage(field: string, value: unknown, issue: z.core.$ZodIssue): MessageKey {
  switch (field) {
    case "email":
      return value === "" ? "wrong.emailMissing" : "wrong.email";
    case "code":
      return "wrong.code";
    case "link":
      return "wrong.link";
    case "name":
      if (typeof value === "string" && !isVisible(value)) return "wrong.nameMissing";
      return issue.code === "too_big" ? "wrong.nameTooLong" : "wrong.name";
    case "confirmation":
      return value === "" ? "wrong.confirmationMissing" : "wrong.confirmation";
    case "currentPassword":
      return "wrong.passwordMissing";
    case "password":
      return passwordMessage(value, issue);
    default:
      return "wrong.input";
  }
}

/** Only a password that is being chosen is refused for a reason. */
function passwordMessage(value: unknown, issue: z.core.$ZodIssue): MessageKey {
  const reason: unknown = issue.code === "custom" ? issue.params?.reason : undefined;
  if (reason === undefined) return "wrong.passwordMissing";
  if (value === "") return "wrong.newPasswordMissing";
  return passwordMessages[reason as PasswordReason];
}

/** The same for a value that only the server refused, without saying how. */
export function inputMessage(field: string): MessageKey {
  if (field === "email") return "wrong.email";
  if (field === "code") return "wrong.code";
  return field === "name" ? "wrong.name" : "wrong.input";
}
