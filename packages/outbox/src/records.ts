import type { Mail, MailState } from "@rekey/db/client";
import type { Attempt } from "./leases.ts";

export type { Attempt } from "./leases.ts";

/** A mail as the database has it, with its attempts typed. */
export type MailRecord = Omit<Mail, "attempts"> & { attempts: Attempt[] };

/** What is in that column, only this package writes. */
export function toRecord(mail: Mail): MailRecord {
  return { ...mail, attempts: mail.attempts as unknown as Attempt[] };
}

/** States in which a worker has still something to do. */
export const unfinished = ["queued", "sending", "deferred"] as const satisfies MailState[];

export function isFinished(state: MailState): boolean {
  return !(unfinished as readonly MailState[]).includes(state);
}
