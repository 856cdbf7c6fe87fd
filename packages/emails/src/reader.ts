import { chooseLocale, defaultLocale, directionOf, type Locale } from "@rekey/contract/locales";
import type { Requester } from "@rekey/contract/requester";
import { knownTimeZone } from "@rekey/contract/time-zone";

/** Whom a mail is written for: the language, and the time zone (an IANA name) its times are given in. */
export interface Reader {
  locale: Locale;
  timeZone: string;
}

/** For mails to nobody in particular: English, UTC. */
export const defaultReader: Reader = { locale: defaultLocale, timeZone: "UTC" };

/** What an account, or a wish for one, tells of its owner. */
interface Owner {
  locale: string | null;
  timeZone: string | null;
}

type Sender = Pick<Requester, "locale" | "timeZone"> | null;

/**
 * The reader of a mail that answers a request: a reset link, a confirmation. In the owner's language,
 * else in that of the request, else in English. Times are those of the clock beside whoever asked, most
 * likely the reader, who may be travelling: "until 14:05" is for them to compare. Should somebody
 * elsewhere have asked, the times are in a strange zone and still true, as each names its zone.
 */
export function readerOfAnswer(owner: Owner, requester: Sender): Reader {
  return reader(owner, requester, [requester?.timeZone, owner.timeZone]);
}

/**
 * The reader of a notice, which warns an owner of what somebody else may have done: a new password, a
 * sign-in, a cancelled reset. In the same language, and by the owner's clock, so that they can tell
 * what they were doing then; by the requester's where the owner's is not known.
 */
export function readerOfNotice(owner: Owner, requester: Sender): Reader {
  return reader(owner, requester, [owner.timeZone, requester?.timeZone]);
}

/** A zone may have been kept by a machine that knows more of them than this one. */
function reader(
  { locale }: Owner,
  requester: Sender,
  zones: (string | null | undefined)[],
): Reader {
  const [timeZone = defaultReader.timeZone] = zones
    .map(knownTimeZone)
    .filter((zone) => zone !== null);
  const wanted = [locale, requester?.locale].filter((tag) => typeof tag === "string");
  return { locale: chooseLocale(wanted) ?? defaultLocale, timeZone };
}

/** How a language is written: the tag for `lang`, the direction, and the side where lines start. */
export function toScript(locale: Locale) {
  const dir = directionOf(locale);
  return { lang: locale, dir, start: dir === "rtl" ? "right" : "left" };
}
