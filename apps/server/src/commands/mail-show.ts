import type { MailRecord } from "@rekey/outbox/records";
import { createReports } from "@rekey/outbox/reports";
import { moment, plain, toJson } from "./mail-record.ts";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id of a mail in what an operator typed: itself, or in its Message-ID. */
export function mailId(text: string): string | null {
  return UUID.exec(text)?.[0].toLowerCase() ?? null;
}

/** `rekey mail:show ID`: all that is known of one mail. */
export function mailShow(text: string, { json }: { json: boolean }): Promise<void> {
  return withDatabase(async ({ prisma, now }) => {
    const id = mailId(text);
    const reports = createReports({ prisma, now });
    const record = id === null ? null : await reports.find(id);
    if (record === null) return fail(`✗ No mail has the id ${text}. \`mail:list\` shows ids.`);
    const dueAt = record.lease === null ? record.dueAt : null;
    if (json) {
      const nextAttemptAt = dueAt?.toISOString() ?? null;
      return print(JSON.stringify({ ...toJson(record), nextAttemptAt }, null, 2));
    }
    describe(record, dueAt);
  });
}

function describe(record: MailRecord, dueAt: Date | null): void {
  const { id, kind, state, recipient, accountId, reason, messageId, trace, attempts } = record;
  const lines: [string, string | null][] = [
    ["id", id],
    ["kind", kind],
    ["state", reason === null ? state : `${state}: ${plain(reason)}`],
    ["to", recipient],
    ["account", accountId],
    ["Message-ID", messageId],
    ["accepted", moment(record.createdAt)],
    ["worth sending until", moment(record.expiresAt)],
    ["next attempt", dueAt && moment(dueAt)],
    ["trace", trace],
  ];
  for (const [name, value] of lines) if (value !== null) print(`${name.padEnd(20)} ${value}`);
  if (attempts.length === 0) print("No attempt was made.");
  for (const { at, endedAt, outcome, reply } of attempts) {
    const seconds = endedAt && ((Date.parse(endedAt) - Date.parse(at)) / 1000).toFixed(1);
    const took = seconds ? ` after ${seconds} s` : "";
    print(`${moment(at)}  ${outcome ?? "under way"}${took}  ${plain(reply ?? "")}`.trimEnd());
  }
}
