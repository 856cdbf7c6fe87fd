import type { Locale } from "@rekey/contract/locales";

/** A length of time. Round a wait up and a promise down. */
export interface Span {
  seconds: number;
  round: "up" | "down";
}

/** A span as a person says it, in one unit: "40 seconds", "10 Minuten", "2 時間". */
export function inWords({ seconds, round }: Span, locale: Locale): string {
  const whole = round === "up" ? Math.ceil : Math.floor;
  if (whole(seconds) < 60) return count(Math.max(1, whole(seconds)), "second", locale);
  if (whole(seconds / 60) < 120) return count(whole(seconds / 60), "minute", locale);
  return count(whole(seconds / 3600), "hour", locale);
}

function count(amount: number, unit: string, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
