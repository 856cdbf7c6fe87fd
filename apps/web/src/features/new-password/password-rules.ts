import { PASSWORD_MAX, type PasswordPolicy } from "@rekey/contract/password";

/** The policy in Apple's Password Rules, for password managers to make a password that is accepted. */
export function passwordRules({ minLength }: PasswordPolicy): string {
  return `minlength: ${minLength}; maxlength: ${PASSWORD_MAX};`;
}
