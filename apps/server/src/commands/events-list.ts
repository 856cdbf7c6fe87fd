import type { EventState } from "@rekey/db/client";
import { createEventRecords } from "@rekey/journal/event-records";
import { moment, plain } from "./mail-record.ts";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

export interface EventsListOptions {
  state?: EventState;
  limit: number;
  json: boolean;
}

/** `rekey events:list`: events and what became of them, newest first. */
export function eventsList({ json, ...filter }: EventsListOptions): Promise<void> {
  return withDatabase(async (database) => {
    const events = await createEventRecords(database).list(filter);
    if (json) {
      const rows = events.map(({ priority, tries, lease, dueAt, ...event }) => ({
        ...event,
        nextAttemptAt: lease === null ? dueAt : null,
      }));
      return print(JSON.stringify(rows, null, 2));
    }
    if (events.length === 0) return print("No such events.");
    for (const { id, type, state, reason, createdAt } of events) {
      const columns = [id, moment(createdAt), state.padEnd(9), type.padEnd(18)];
      print([...columns, plain(reason ?? "")].join("  ").trimEnd());
    }
    if (events.length === filter.limit) print(`(the newest ${filter.limit}; --limit shows more)`);
  });
}
