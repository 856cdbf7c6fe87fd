import { type PasswordPolicy, passwordShapeProblem } from "@rekey/contract/password";
import type { PasswordReason } from "@rekey/contract/reasons";
import { isCommonPassword } from "./common-passwords.ts";

export interface PasswordRulesConfig {
  policy: PasswordPolicy;
  /** What the service is called, beside "rekey". */
  brandName: string;
  /** Whether a password that somebody with this mailbox chose is known from a breach; null where nobody is asked. */
  isBreached: ((password: string, mailbox: string) => Promise<boolean>) | null;
}

export type PasswordRules = ReturnType<typeof createPasswordRules>;

/**
 * What is wrong with a password that somebody chose, or null. Length first, then whether it is
 * common or one of the words that stand nearest (address, name, service), and only of what passed,
 * whether a breach had it. May take as long as that service does: never ask inside a transaction.
 */
export function createPasswordRules({ policy, brandName, isBreached }: PasswordRulesConfig) {
  return async (
    password: string,
    owner: { email: string; name: string },
  ): Promise<PasswordReason | null> => {
    const shape = passwordShapeProblem(password, policy);
    if (shape !== null) return shape;
    const [local = ""] = owner.email.split("@");
    const own = [owner.email, local, owner.name, "rekey", brandName];
    if (isCommonPassword(password, own)) return "PASSWORD_TOO_COMMON";
    return (await isBreached?.(password, owner.email)) ? "PASSWORD_TOO_COMMON" : null;
  };
}
