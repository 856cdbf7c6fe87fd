import { isLocale, type Locale } from "@rekey/contract/locales";
import { isTheme, type Theme } from "@rekey/contract/theme";

/** Which story, and how it is shown: what stands in the address of a story and of the gallery. */
export interface Choice {
  story: string;
  locale: Locale;
  theme: Theme;
}

export function readChoice(search: string): Choice {
  const given = new URLSearchParams(search);
  const locale = given.get("locale");
  const theme = given.get("theme");
  return {
    story: given.get("story") ?? "",
    locale: isLocale(locale) ? locale : "en",
    theme: isTheme(theme) ? theme : "system",
  };
}

/** Where a story stands alone. */
export function storyAddress(choice: Partial<Choice>): string {
  return `/dev/pages/story?${new URLSearchParams({ ...choice })}`;
}
