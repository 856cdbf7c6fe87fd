import type { MailState } from "@rekey/db/client";
import { createReports } from "@rekey/outbox/reports";
import { moment, plain, toJson } from "./mail-record.ts";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

export interface MailListOptions {
  state?: MailState;
  to?: string;
  limit: number;
  json: boolean;
}

/** `rekey mail:list`: delivery records, newest first. */
export function mailList({ json, ...filter }: MailListOptions): Promise<void> {
  return withDatabase(async ({ prisma, now }) => {
    const records = await createReports({ prisma, now }).list(filter);
    if (json) return print(JSON.stringify(records.map(toJson), null, 2));
    if (records.length === 0) return print("No such mails.");
    const kinds = Math.max(...records.map(({ kind }) => kind.length));
    for (const { id, kind, state, recipient, reason, createdAt } of records) {
      const columns = [id, moment(createdAt), state.padEnd(8), kind.padEnd(kinds)];
      print([...columns, recipient ?? "-", brief(reason ?? "")].join("  ").trimEnd());
    }
    if (records.length === filter.limit) print(`(the newest ${filter.limit}; --limit shows more)`);
  });
}

/** Enough to recognise it; mail:show has the rest. */
function brief(text: string): string {
  const line = plain(text);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
