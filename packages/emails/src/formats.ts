import type { Locale } from "@rekey/contract/locales";

// Making a formatter takes a hundred times as long as using it, so each is made once and kept.

/** Formatters of a kind that are kept. One of times takes 35 kB, and there are 400 time zones in each language. */
const MOST = 200;

type Unit = "day" | "hour" | "minute" | "second";

/** Twenty-four hours everywhere: beside a time zone nobody should have to look for "PM". */
const CLOCK = {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;
const DATE = { year: "numeric", month: "long", day: "numeric" } as const;

export const numberFormat = kept((locale: Locale) => new Intl.NumberFormat(locale));

export const pluralRules = kept((locale: Locale) => new Intl.PluralRules(locale));

export const unitFormat = kept(
  (locale: Locale, unit: Unit) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }),
);

export const clockFormat = kept(
  (locale: Locale, timeZone: string) => new Intl.DateTimeFormat(locale, { ...CLOCK, timeZone }),
);

export const momentFormat = kept(
  (locale: Locale, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { ...DATE, ...CLOCK, timeZone }),
);

function kept<Options extends string[], Format>(make: (...options: Options) => Format) {
  const made = new Map<string, Format>();
  return (...options: Options): Format => {
    const key = options.join();
    const format = made.get(key) ?? make(...options);
    // What was used last stands last; what was not for longest goes.
    made.delete(key);
    const [longestUnused] = made.keys();
    if (longestUnused !== undefined && made.size >= MOST) made.delete(longestUnused);
    made.set(key, format);
    return format;
  };
}
