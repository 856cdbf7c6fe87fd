import type { RetryOutcome } from "@rekey/outbox/retry";
import { mailId } from "./mail-show.ts";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";
import { withOutbox } from "./with-outbox.ts";

const WHY_NOT = {
  NOT_FOUND: "there is no such mail; `mail:list` shows ids",
  EXPIRED: "it is too late: what it says no longer holds. `accounts:reset-link` makes a new one",
  SENT: "nothing is left to do for it: it was sent, or no mail was due",
  BUSY: "it is being sent at this moment",
} as const;

/** `rekey mail:retry ID | --dead`: a running worker sends them at once. */
export function mailRetry(
  text: string | undefined,
  { dead, json }: { dead: boolean; json: boolean },
): Promise<void> {
  return withDatabase((database) =>
    withOutbox(database, async ({ retry }) => {
      if ((text === undefined) === !dead) return fail("✗ Give either one mail's id or --dead.");
      const id = text === undefined ? null : mailId(text);
      const outcomes: RetryOutcome[] =
        text === undefined
          ? await retry.dead()
          : id === null
            ? [{ id: text, status: "refused", reason: "NOT_FOUND" }]
            : [await retry.one(id)];
      if (json) print(JSON.stringify(outcomes, null, 2));
      else if (outcomes.length === 0) print("No mail was given up.");
      for (const outcome of outcomes) {
        if (outcome.status === "refused") fail(`✗ ${outcome.id}: ${WHY_NOT[outcome.reason]}.`);
        else if (!json) print(`✓ ${outcome.id} is queued again.`);
      }
    }),
  );
}
