/**
 * The header by which a client names the time zone its reader is in, as an IANA name. It is ours: no
 * standard has one, and `Date` tells nothing of a zone.
 */
export const TIME_ZONE_HEADER = "time-zone";

/** An IANA name: "UTC", "America/Argentina/Buenos_Aires". Offsets such as "+05:30", which Intl takes too, are none. */
const NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** The longest of the tz database has 32 characters. */
const LONGEST = 48;

/** Intl's spellings that were met, some hundreds at most: it takes long to answer. */
const met = new Set<string>();

/**
 * The time zone of this name, as Intl itself spells it, or null when it knows none: aliases become one,
 * and nothing that a stranger wrote goes any further.
 */
export function knownTimeZone(name: string | null | undefined): string | null {
  if (!name || name.length > LONGEST || !NAME.test(name)) return null;
  if (met.has(name)) return name;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    met.add(timeZone);
    return timeZone;
  } catch {
    return null;
  }
}
