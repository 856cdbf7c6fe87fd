import type { Locale } from "@rekey/contract/locales";
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import { type Language, loadLanguage, showLanguage } from "./language.ts";

interface Switchable extends Language {
  /** Resolves to whether the page is now in this language: its catalog may not load. */
  switchTo(locale: Locale): Promise<boolean>;
}

const LanguageContext = createContext<Switchable | null>(null);

export function LanguageProvider({ first, children }: { first: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  const wanted = useRef(first.locale);
  const value = useMemo(() => {
    async function switchTo(locale: Locale): Promise<boolean> {
      wanted.current = locale;
      const loaded = await loadLanguage(locale).catch(() => null);
      // Another may have been asked for since.
      if (loaded === null || wanted.current !== locale) return false;
      showLanguage(locale);
      setLanguage(loaded);
      return true;
    }
    return { ...language, switchTo };
  }, [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

/** The language of the page, and the way to another. */
export function useLanguage(): Switchable {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error("Outside of LanguageProvider");
  return language;
}

/** Says messages in the language of the page. */
export function useTranslate(): Language["t"] {
  return useLanguage().t;
}
