import { type PasswordPolicy, passwordLengthProblem } from "@rekey/contract/password";
import type { PasswordReason } from "@rekey/contract/reasons";
import { isCommonPassword } from "./common-passwords.ts";

/**
 * What is wrong with a password that somebody chose, or null. Length first, then whether it is
 * common or one of the owner's own words (address, name).
 */
export function passwordProblem(
  password: string,
  policy: PasswordPolicy,
  owner: { email: string; name: string },
): PasswordReason | null {
  const length = passwordLengthProblem(password, policy);
  if (length !== null) return length;
  const [local = ""] = owner.email.split("@");
  const own = [owner.email, local, owner.name, "rekey"];
  return isCommonPassword(password, own) ? "PASSWORD_TOO_COMMON" : null;
}
