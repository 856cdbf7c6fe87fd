const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;

/**
 * A life in words, as people say it: 90 is "90 seconds", 600 "10 minutes", 3600 "1 hour". Odd seconds
 * beyond two minutes are rounded down, so that a mail never promises more than there is. Throws
 * unless at least one second is left.
 */
export function durationInWords(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 1) {
    throw new RangeError(`A duration in a mail is at least one second, not ${seconds}`);
  }
  const whole = Math.floor(seconds);
  const rounded = whole < 2 * MINUTE ? whole : whole - (whole % MINUTE);
  if (rounded % DAY === 0 && rounded >= 2 * DAY) return count(rounded / DAY, "day");
  if (rounded % HOUR === 0) return count(rounded / HOUR, "hour");
  if (rounded % MINUTE === 0) return count(rounded / MINUTE, "minute");
  return count(rounded, "second");
}

type Unit = "day" | "hour" | "minute" | "second";

/** Making a formatter takes a hundred times as long as using it. */
const formats = new Map<Unit, Intl.NumberFormat>();

function count(value: number, unit: Unit): string {
  const format =
    formats.get(unit) ?? new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" });
  formats.set(unit, format);
  return format.format(value);
}
