import { createEventRecords } from "@rekey/journal/event-records";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const WHY_NOT = {
  NOT_FOUND: "there is no such event; `events:list` shows ids",
  DELIVERED: "the receiver took it",
  BUSY: "it is being posted at this moment",
} as const;

/** `rekey events:retry ID`: a running worker posts it at once. */
export function eventsRetry(id: string): Promise<void> {
  return withDatabase(async (database) => {
    if (!UUID.test(id)) return fail(`✗ ${id}: ${WHY_NOT.NOT_FOUND}.`);
    const outcome = await createEventRecords(database).retry(id);
    if (outcome.status === "refused") return fail(`✗ ${id}: ${WHY_NOT[outcome.reason]}.`);
    print(`✓ ${id} is queued again.`);
  });
}
