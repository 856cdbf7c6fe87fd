import { createDirectory } from "@rekey/accounts/directory";
import { hashMailbox } from "@rekey/journal/journal";
import { createTrail, type TrailFilter } from "@rekey/journal/trail";
import { openKeyRing } from "../signing-keys.ts";
import { moment } from "./mail-record.ts";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

export interface AuditOptions {
  account?: string;
  action?: string;
  since?: Date;
  limit: number;
  json: boolean;
}

/** `rekey audit`. */
export function auditList({ account, json, ...filter }: AuditOptions): Promise<void> {
  return withDatabase(async ({ prisma }, config, secrets) => {
    let subject: TrailFilter["subject"];
    if (account !== undefined) {
      const found = await createDirectory({ prisma, now: () => new Date() }).find(account);
      // Written down under whichever key signed at the time.
      const keys = openKeyRing(config, secrets);
      const hashes = [...keys.byId.values()].map(({ secret }) => hashMailbox(secret, account));
      subject = { accountId: found?.id ?? null, hashes };
    }
    const events = await createTrail({ prisma }).list({ ...filter, ...(subject && { subject }) });
    if (json) return print(JSON.stringify(events, null, 2));
    if (events.length === 0) return print("No such events.");
    for (const { at, action, outcome, accountId, subjectHash, ...from } of events) {
      const who = accountId ?? `no account (${(subjectHash ?? "-").slice(0, 12)})`;
      const device = [from.browser, from.system].filter(Boolean).join(" on ") || "-";
      const columns = [moment(at), action.padEnd(18), outcome.padEnd(19), who.padEnd(36)];
      print([...columns, from.network ?? "-", device, from.requestId ?? "-"].join("  "));
    }
    if (events.length === filter.limit) print(`(the newest ${filter.limit}; --limit shows more)`);
  });
}
