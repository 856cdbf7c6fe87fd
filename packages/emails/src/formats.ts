import type { Locale } from "@rekey/contract/locales";

// Making a formatter takes a hundred times as long as using it, so each is made once.

type Unit = "day" | "hour" | "minute" | "second";

/** Twenty-four hours everywhere: beside a time zone nobody should have to look for "PM". */
const CLOCK = {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;
const DATE = { year: "numeric", month: "long", day: "numeric" } as const;

export const numberFormat = once((locale: Locale) => new Intl.NumberFormat(locale));

export const pluralRules = once((locale: Locale) => new Intl.PluralRules(locale));

export const unitFormat = once(
  (locale: Locale, unit: Unit) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }),
);

export const clockFormat = once(
  (locale: Locale, timeZone: string) => new Intl.DateTimeFormat(locale, { ...CLOCK, timeZone }),
);

export const momentFormat = once(
  (locale: Locale, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { ...DATE, ...CLOCK, timeZone }),
);

function once<Options extends string[], Format>(make: (...options: Options) => Format) {
  const made = new Map<string, Format>();
  return (...options: Options): Format => {
    const key = options.join();
    const format = made.get(key) ?? make(...options);
    made.set(key, format);
    return format;
  };
}
