import { createDirectory } from "@rekey/accounts/directory";
import { hashMailbox } from "@rekey/audit/audit";
import { createTrail, type TrailFilter } from "@rekey/audit/trail";
import { type Command, InvalidArgumentError } from "commander";
import { openKeyRing } from "../signing-keys.ts";
import { moment } from "./mail-record.ts";
import { positive } from "./options.ts";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

interface AuditOptions {
  account?: string;
  action?: string;
  since?: Date;
  limit: number;
  json: boolean;
}

export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description("list the audit trail, newest first: who did what, when, from where")
    .option("--account <email>", "only what is about this address, whether it has an account")
    .option("--action <action>", "only this, such as sign_in or reset.requested")
    .option("--since <when>", "only from then on, such as 2026-11-25 or 2026-11-25T10:00Z", instant)
    .option("--limit <n>", "at most this many", positive, 50)
    .option("--json", "print them as a JSON array", false)
    .action(audit);
}

/** `rekey audit`. */
function audit({ account, json, ...filter }: AuditOptions): Promise<void> {
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

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError("Expected a date or an instant, such as 2026-11-25T10:00Z.");
  }
  return date;
}
