import {
  isLocale,
  LOCALE_COOKIE,
  type Locale,
  localeNames,
  locales,
} from "@rekey/contract/locales";
import { useState } from "react";
import { callFailure } from "../../lib/call-failure.ts";
import { keepChoice } from "../../lib/choice.ts";
import type { Problem } from "../../lib/explain-refusal.ts";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";
import { useSetAccount } from "../session/use-account.ts";
import { Choice } from "./choice.tsx";
import { useAccountLanguage } from "./use-account-language.ts";

const notLoaded: Problem = { message: { key: "refused.unreachable" } };

/** The language of the page and, of whoever is signed in, of the mails. Each under its own name. */
export function LanguagePicker({ quiet }: { quiet: boolean }) {
  const { locale, t, switchTo } = useLanguage();
  const account = useAccountLanguage();
  const trpc = useTRPCClient();
  const setAccount = useSetAccount();
  const [unreachable, setUnreachable] = useState(false);
  const { run, problems } = useCall(async (wanted: Locale) => {
    setUnreachable(false);
    if (!(await switchTo(wanted))) {
      setUnreachable(true);
      return;
    }
    keepChoice(LOCALE_COOKIE, wanted);
    if (account === null) return;
    try {
      await trpc.setLanguage.mutate({ locale: wanted });
      setAccount({ ...account, locale: wanted });
    } catch (error) {
      if (callFailure(error).reason !== "UNAUTHENTICATED") throw error;
      setAccount(null);
    }
  });
  const [problem = unreachable ? notLoaded : undefined] = problems;

  return (
    <Choice
      label={t("shell.language")}
      quiet={quiet}
      value={locale}
      onChoose={(value) => void (isLocale(value) && run(value))}
      problem={problem && t(problem.message.key, problem.message.values)}
    >
      {locales.map((each) => (
        <option key={each} value={each} lang={each}>
          {localeNames[each]}
        </option>
      ))}
    </Choice>
  );
}
