import { type Command, InvalidArgumentError } from "commander";
import { lazily } from "./lazily.ts";
import { positive } from "./options.ts";

export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description("list the audit trail, newest first: who did what, when, from where")
    .option("--account <email>", "only what is about this address, whether it has an account")
    .option("--action <action>", "only this, such as sign_in or reset.requested")
    .option("--since <when>", "only from then on, such as 2026-11-25 or 2026-11-25T10:00Z", instant)
    .option("--limit <n>", "at most this many", positive, 50)
    .option("--json", "print them as a JSON array", false)
    .action(lazily(async () => (await import("./audit-list.ts")).auditList));
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError("Expected a date or an instant, such as 2026-11-25T10:00Z.");
  }
  return date;
}
