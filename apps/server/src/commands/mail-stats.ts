import { createReports } from "@rekey/outbox/reports";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

/** `rekey mail:stats`: how many mails are in which state, and whether they move. */
export function mailStats({ json }: { json: boolean }): Promise<void> {
  return withDatabase(async ({ prisma, now }) => {
    const stats = await createReports({ prisma, now }).stats();
    if (json) return print(JSON.stringify(stats, null, 2));
    for (const [state, count] of Object.entries(stats.states))
      print(`${state.padEnd(20)} ${count}`);
    for (const [kind, count] of Object.entries(stats.kinds)) print(`${kind.padEnd(20)} ${count}`);
    print(
      stats.oldestWaitingSeconds === null
        ? "Nothing waits."
        : `The oldest that is not finished was accepted ${stats.oldestWaitingSeconds} s ago.`,
    );
  });
}
