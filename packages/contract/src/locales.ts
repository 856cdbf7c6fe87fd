/** The languages of pages and mails, as BCP 47 tags; the first is the source and the fallback. */
export const locales = ["en", "de", "fr", "es", "pt-BR", "ja", "zh-Hans", "ar"] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** Each language under its own name, for people who cannot read the page they are on. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  "pt-BR": "Português (Brasil)",
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
 * The locale for the first of the wanted languages (BCP 47 tags, most wanted first) that we have: the
 * exact tag, else the same region, else the same language. The script must agree, so that a reader of
 * Traditional Chinese (zh-Hant, zh-TW) does not get Simplified Chinese, while pt-PT gets pt-BR.
 * Returns null if there is none; skips what is not a language tag.
 */
export function chooseLocale(wanted: readonly string[]): Locale | null {
  for (const tag of wanted) {
    const reader = parseTag(tag);
    if (reader === null) continue;
    const readable = locales.filter((locale) => sameScript(reader, new Intl.Locale(locale)));
    const found =
      readable.find((locale) => locale === reader.baseName) ??
      readable.find((locale) => new Intl.Locale(locale).maximize().region === reader.region) ??
      readable[0];
    if (found) return found;
  }
  return null;
}

/** `lang` and `dir` of whatever is written in this language. */
export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

function parseTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/** Likely subtags fill in what a tag leaves out: zh-TW is zh-Hant-TW (UTS 35). */
function sameScript(one: Intl.Locale, other: Intl.Locale): boolean {
  const [a, b] = [one.maximize(), other.maximize()];
  return a.language === b.language && a.script === b.script;
}
