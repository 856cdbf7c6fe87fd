import * as z from "zod/mini";
import type { PasswordReason } from "./reasons.ts";
import { isVisible } from "./visible.ts";

/** Length bounds in Unicode code points (NIST SP 800-63B-4, 3.1.1.2). */
export interface PasswordPolicy {
  minLength: number;
}

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;
export const defaultPasswordPolicy: PasswordPolicy = { minLength: PASSWORD_MIN };

/** The form a password is hashed and compared in, so that every keyboard types the same one. */
export function normalizePassword(password: string): string {
  return password.normalize("NFKC");
}

/**
 * What is wrong with a new password's length, or null; one that cannot be seen, such as eight spaces,
 * is too easy to guess. The size is capped before normalising, so a megabyte costs nothing. Whether a
 * password is common is for the server, which holds the list.
 */
export function passwordShapeProblem(
  password: string,
  policy: PasswordPolicy,
): PasswordReason | null {
  if (password.length > 4 * PASSWORD_MAX) return "PASSWORD_TOO_LONG";
  const { length } = [...normalizePassword(password)];
  if (length > PASSWORD_MAX) return "PASSWORD_TOO_LONG";
  if (length < policy.minLength) return "PASSWORD_TOO_SHORT";
  return isVisible(password) ? null : "PASSWORD_TOO_COMMON";
}

/** The sentence for a person behind each reason; forms and the API say the same. */
export function passwordMessage(reason: PasswordReason, policy: PasswordPolicy): string {
  switch (reason) {
    case "PASSWORD_TOO_SHORT":
      return `Use at least ${policy.minLength} characters`;
    case "PASSWORD_TOO_LONG":
      return `Use at most ${PASSWORD_MAX} characters`;
    case "PASSWORD_TOO_COMMON":
      return "This password is too easy to guess. Choose a less common one";
  }
}

/** A password being chosen. Each issue carries its reason in `params.reason`. */
export function newPasswordSchema(policy: PasswordPolicy) {
  return z.string("Enter a password").check(({ value, issues }) => {
    const reason = passwordShapeProblem(value, policy);
    if (reason === null) return;
    const message = value === "" ? "Enter a password" : passwordMessage(reason, policy);
    issues.push({ code: "custom", input: value, message, params: { reason }, continue: true });
  });
}

/** A password being tried. Nothing is said about it before it is compared. */
export const currentPasswordSchema = z
  .string("Enter your password")
  .check(z.minLength(1, "Enter your password"));
