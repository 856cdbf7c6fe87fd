/** The languages of pages and mails, as BCP 47 tags; the first is the source and the fallback. */
export const locales = ["en", "de", "fr", "es", "pt", "ja", "zh-Hans", "ar"] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** Each language under its own name, for people who cannot read the page they are on. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  pt: "Português",
  ja: "日本語",
  "zh-Hans": "简体中文",
  ar: "العربية",
};

/** The cookie with the language that was chosen on this device: pages set it, the server draws by it. */
export const LOCALE_COOKIE = "rekey_locale";

export function isLocale(value: unknown): value is Locale {
  return (locales as readonly unknown[]).includes(value);
}

/**
 * The first of the wanted languages (BCP 47 tags, most wanted first) that there is, by its language
 * alone: somebody who asked for pt-BR or zh-Hant would rather read Portuguese or Chinese of another
 * kind than English. Null when there is none; what is no language tag is passed over.
 */
export function chooseLocale(wanted: readonly string[]): Locale | null {
  for (const tag of wanted) {
    const language = languageOf(tag);
    const found = language && locales.find((locale) => languageOf(locale) === language);
    if (found) return found;
  }
  return null;
}

/** `lang` and `dir` of whatever is written in this language. */
export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

function languageOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return null;
  }
}
