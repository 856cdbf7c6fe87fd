import type { MailRecord } from "@rekey/outbox/records";

/** A delivery record as `--json` prints it. */
export function toJson(record: MailRecord) {
  const { id, kind, recipient, accountId, state, reason, messageId, trace, attempts } = record;
  return {
    id,
    kind,
    to: recipient,
    account: accountId,
    state,
    reason,
    messageId,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    expiresAt: record.expiresAt.toISOString(),
    attempts,
    trace,
  };
}

/** "2026-11-24 02:14:34 UTC". */
export function moment(date: Date | string): string {
  return `${new Date(date).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** What a mail server said may hold anything; a terminal gets one line of plain characters. */
export function plain(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, " ").trim();
}
