import { siteOf } from "@rekey/contract/network";

export interface MailboxLimits {
  /** Emails to one mailbox in an hour; 0 is off. */
  perHour: number;
  /** Seconds between two emails to one mailbox; 0 is off. */
  cooldown: number;
  /** Seconds after the newest email from which on another is always due: what was sent no longer helps. */
  renewAfter: number;
}

/** An email that somebody asked for. `network` null: an operator did, or nobody knows. */
export interface AskedFor {
  at: Date;
  network: string | null;
}

export type Allowance = { due: true } | { due: false; why: string };

/** All networks together get so many times `perHour`: a botnet must not flood a mailbox. */
const ALL_NETWORKS = 4;
/** `perHour` for that bound where the setting is off. */
const USUAL_PER_HOUR = 5;

/**
 * Whether an email that a stranger may have asked for is due. `earlier` has the emails of the last
 * hour that were due to the same mailbox, in any order; what was throttled does not count.
 *
 * A mailbox gets `perHour`, `cooldown` apart. Beyond that nobody can use up what is another's: a
 * network that has not asked for this mailbox within the hour has one email in reserve, and when the
 * newest email no longer helps, the next is due whoever asks. So its owner has a link that works or
 * gets a new one.
 */
export function mailboxAllowance(
  asked: AskedFor,
  earlier: readonly AskedFor[],
  { perHour, cooldown, renewAfter }: MailboxLimits,
): Allowance {
  const recent = earlier.filter(({ at }) => secondsBetween(at, asked.at) < 3600);
  const since = Math.min(...recent.map(({ at }) => secondsBetween(at, asked.at)));
  const cooling = since < cooldown;
  const full = perHour > 0 && recent.length >= perHour;
  if (!cooling && !full) return { due: true };

  const mostOfAll = ALL_NETWORKS * (perHour || USUAL_PER_HOUR);
  const site = siteOfNullable(asked.network);
  const isNew = recent.every(({ network }) => siteOfNullable(network) !== site);
  if (isNew && recent.length < mostOfAll) return { due: true };
  if (!cooling && since >= renewAfter) return { due: true };
  const why = cooling
    ? `throttled: the email before was asked for less than ${cooldown} s earlier (RESEND_COOLDOWN)`
    : `throttled: ${recent.length} emails in this hour (RATE_LIMIT_PER_EMAIL), and the newest still works`;
  return { due: false, why };
}

function siteOfNullable(network: string | null): string | null {
  return network === null ? null : siteOf(network);
}

function secondsBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 1000;
}
