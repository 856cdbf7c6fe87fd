import type { Account } from "@rekey/contract/account";
import { isLocale } from "@rekey/contract/locales";

/** What is read of an account to show it to its owner. */
export const visible = { id: true, email: true, name: true, locale: true } as const;

/** An account as its owner sees it. An unsupported locale becomes null. */
export function accountView(account: {
  id: string;
  email: string;
  name: string;
  locale: string | null;
}): Account {
  const { id, email, name, locale } = account;
  return { id, email, name, locale: isLocale(locale) ? locale : null };
}
