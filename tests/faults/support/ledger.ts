import type { BookedMail } from "./book.ts";
import type { Burst } from "./burst.ts";
import type { TakenMail } from "./smtp-server.ts";

export interface Tally {
  records: BookedMail[];
  accepted: number;
  /** Different mails at the sink. */
  mails: number;
  /** Mails beyond the first under one Message-ID. */
  duplicates: number;
  /** What cannot be accounted for, in words; empty when nothing is lost. */
  lost: string[];
  /** Records by state. */
  states: Record<string, number>;
}

const WITH_REASON = new Set(["bounced", "expired", "dead", "skipped"]);

/** What is wrong with the end a mail came to, or null. */
function problemOf(record: BookedMail, arrived: Map<string, number>): string | null {
  if (record.state === "sent") {
    const there = record.messageId !== null && arrived.has(record.messageId);
    return there ? null : "is said to be sent, and did not arrive";
  }
  if (!WITH_REASON.has(record.state)) return `was left ${record.state}`;
  return record.reason ? null : `is ${record.state} without a reason`;
}

/**
 * Holds every accepted request against the sink and the delivery records: each must have ended in a
 * mail, or in a record that says why not. What concerns other addresses is left out.
 */
export function settle(burst: Burst, booked: BookedMail[], taken: TakenMail[]): Tally {
  const emails = new Set(burst.emails);
  const records = booked.filter(({ recipientKey }) => emails.has(recipientKey ?? ""));
  const arrived = new Map<string, number>();
  for (const { to, messageId } of taken) {
    if (emails.has(to)) arrived.set(messageId, (arrived.get(messageId) ?? 0) + 1);
  }

  const lost = records.flatMap((record) => {
    const problem = problemOf(record, arrived);
    return problem === null ? [] : [`mail ${record.id} to ${record.recipientKey} ${problem}`];
  });
  const recorded = Map.groupBy(records, ({ recipientKey }) => recipientKey);
  for (const [email, { length }] of Map.groupBy(burst.accepted, (email) => email)) {
    const found = recorded.get(email)?.length ?? 0;
    if (found < length) lost.push(`${email} was accepted ${length} times and recorded ${found}`);
  }

  const states: Tally["states"] = {};
  for (const { state } of records) states[state] = (states[state] ?? 0) + 1;
  const duplicates = [...arrived.values()].reduce((sum, count) => sum + count - 1, 0);
  const accepted = burst.accepted.length;
  return { records, accepted, mails: arrived.size, duplicates, lost, states };
}

/** Prints what a test found, on a line that can be quoted. */
export function printTally(title: string, tally: Tally, burst: Burst, more: string[] = []): void {
  const { accepted, mails, duplicates, lost, states } = tally;
  const figures = [
    `${burst.tries} requests, ${accepted} accepted, ${burst.refused} refused, ${burst.broken} broken off`,
    `${mails} mails, ${duplicates} duplicates, ${lost.length} lost`,
    `records ${JSON.stringify(states)}`,
    `burst ${burst.seconds.toFixed(1)} s, median ${burst.median.toFixed(0)} ms`,
    ...more,
  ];
  process.stdout.write(`${title}: ${figures.join("; ")}\n`);
}
