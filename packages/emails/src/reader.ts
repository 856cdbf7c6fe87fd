import { defaultLocale, directionOf, isLocale, type Locale } from "@rekey/contract/locales";

/** Whom a mail is written for: the language, and the time zone (an IANA name) its times are given in. */
export interface Reader {
  locale: Locale;
  timeZone: string;
}

/** For mails to nobody in particular: English, UTC. */
export const defaultReader: Reader = { locale: defaultLocale, timeZone: "UTC" };

/**
 * The reader of a mail to an account: in the account's language, else in that of whoever made the
 * request, else in English. Times are in UTC, as nothing tells where a reader is.
 */
export function readerOf(
  account: { locale: string | null },
  requester: { locale: Locale | null } | null,
): Reader {
  const { locale } = account;
  return {
    ...defaultReader,
    locale: isLocale(locale) ? locale : (requester?.locale ?? defaultLocale),
  };
}

/** How a language is written: the tag for `lang`, the direction, and the side where lines start. */
export function toScript(locale: Locale) {
  const dir = directionOf(locale);
  return { lang: locale, dir, start: dir === "rtl" ? "right" : "left" };
}
