const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago an instant was, in words: "5 minutes ago", "yesterday"; from a week on, its date. */
export function timeAgo(instant: string, now: Date, locale: string): string {
  const date = new Date(instant);
  const seconds = Math.max(0, (now.getTime() - date.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (seconds < MINUTE) return words.format(0, "second");
  if (seconds < HOUR) return words.format(-Math.floor(seconds / MINUTE), "minute");
  if (seconds < DAY) return words.format(-Math.floor(seconds / HOUR), "hour");
  if (seconds < 7 * DAY) return words.format(-Math.floor(seconds / DAY), "day");
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(date);
}
