import { createRetry, type Retry, type RetryOutcome } from "@rekey/outbox/retry";
import { mailId } from "./mail-show.ts";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

const WHY_NOT = {
  NOT_FOUND: "there is no such mail; `mail:list` shows ids",
  EXPIRED: "it is too late: what it says no longer holds. `accounts:reset-link` makes a new one",
  SENT: "nothing is left to do for it: it was sent, or no mail was due",
  BUSY: "it is being sent at this moment",
} as const;

interface MailRetryOptions {
  dead: boolean;
  bounced: boolean;
  /** Seconds; with `bounced` only. */
  since?: number;
  json: boolean;
}

/** `rekey mail:retry ID | --dead | --bounced --since 1h`: a running worker sends them at once. */
export async function mailRetry(
  text: string | undefined,
  { dead, bounced, since, json }: MailRetryOptions,
): Promise<void> {
  if ([text !== undefined, dead, bounced].filter(Boolean).length !== 1) {
    return fail("✗ Give either one mail's id, --dead or --bounced.");
  }
  if (bounced !== (since !== undefined)) {
    return fail("✗ Give --bounced and --since together, like --bounced --since 1h.");
  }
  return withDatabase(async (database) => {
    const outcomes = await again(createRetry(database), { text, dead, since });
    if (json) print(JSON.stringify(outcomes, null, 2));
    else if (outcomes.length === 0) print(dead ? "No mail was given up." : "No mail bounced.");
    for (const outcome of outcomes) {
      if (outcome.status === "refused") fail(`✗ ${outcome.id}: ${WHY_NOT[outcome.reason]}.`);
      else if (!json) print(`✓ ${outcome.id} is queued again.`);
    }
  });
}

async function again(
  retry: Retry,
  {
    text,
    dead,
    since = 0,
  }: { text: string | undefined; dead: boolean; since?: number | undefined },
): Promise<RetryOutcome[]> {
  if (dead) return retry.dead();
  if (text === undefined) return retry.bounced(new Date(Date.now() - since * 1000));
  const id = mailId(text);
  return [id === null ? { id: text, status: "refused", reason: "NOT_FOUND" } : await retry.one(id)];
}
