import type { Locale } from "@rekey/contract/locales";
import { unitFormat } from "./formats.ts";

const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;

/**
 * A life in words of a language, as people say it: 90 is "90 seconds", 600 "10 minutes", 3600 "1 hour". Odd seconds
 * beyond two minutes are rounded down, so that a mail never promises more than there is. Throws
 * unless at least one second is left.
 */
export function durationInWords(seconds: number, locale: Locale): string {
  if (!Number.isFinite(seconds) || seconds < 1) {
    throw new RangeError(`A duration in a mail is at least one second, not ${seconds}`);
  }
  const whole = Math.floor(seconds);
  const rounded = whole < 2 * MINUTE ? whole : whole - (whole % MINUTE);
  if (rounded % DAY === 0 && rounded >= 2 * DAY)
    return unitFormat(locale, "day").format(rounded / DAY);
  if (rounded % HOUR === 0) return unitFormat(locale, "hour").format(rounded / HOUR);
  if (rounded % MINUTE === 0) return unitFormat(locale, "minute").format(rounded / MINUTE);
  return unitFormat(locale, "second").format(rounded);
}
