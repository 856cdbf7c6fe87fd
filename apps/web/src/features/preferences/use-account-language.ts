import type { Account } from "@rekey/contract/account";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { chosenLocale } from "../../lib/i18n/language.ts";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import { meQuery, useTRPCClient } from "../../lib/trpc.ts";

/**
 * Shows the page in the account's language as soon as it is known, unless another was chosen on this
 * device. Returns the account, null as long as no page has asked who is signed in.
 */
export function useAccountLanguage(): Account | null {
  const { locale, switchTo } = useLanguage();
  const { data: me } = useQuery({ ...meQuery(useTRPCClient()), enabled: false });
  const account = me?.account ?? null;
  const wanted = account?.locale ?? null;

  useEffect(() => {
    if (wanted !== null && wanted !== locale && chosenLocale() === null) void switchTo(wanted);
  }, [wanted, locale, switchTo]);

  return account;
}
