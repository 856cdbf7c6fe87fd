import { normalizePassword } from "@rekey/contract/password";
import { dictionary } from "@zxcvbn-ts/language-common";

const common = new Set(dictionary["passwords-common"].map((word) => String(word).toLowerCase()));

/**
 * Whether a new password is among the 49,000 most common, or is one of `own`: the account's address
 * and name, the service's name (NIST SP 800-63B-4, 3.1.1.2). Letter case makes no difference.
 */
export function isCommonPassword(password: string, own: readonly string[]): boolean {
  const folded = normalizePassword(password).toLowerCase();
  return common.has(folded) || own.some((word) => word.toLowerCase() === folded);
}
