import { isDatabaseAway, isDiskFull } from "@rekey/db/database-away";
import type { Alerts, Failure } from "./alerts.ts";
import type { Logger } from "./logger.ts";

/** While the database is away its failures make one line in so many milliseconds. */
const OUTAGE_INTERVAL_MS = 60_000;

export interface FailuresConfig {
  logger: Pick<Logger, "error" | "info">;
  alerts: Pick<Alerts, "report">;
  now?: () => number;
}

export type Failures = ReturnType<typeof createFailures>;

/**
 * Where every unexpected failure goes: into the log with its stack, and to the admins. What fails only
 * because the database is away is one fact however often it is met, so it makes one line a minute,
 * with a count and without stacks, and one more when the database is back.
 */
export function createFailures({ logger, alerts, now = Date.now }: FailuresConfig) {
  let outage: { since: number; loggedAt: number; failures: number } | null = null;

  let diskFullAt = Number.NEGATIVE_INFINITY;

  function databaseAway({ where, requestId, error }: Failure): void {
    const time = now();
    if (outage === null) {
      outage = { since: time, loggedAt: Number.NEGATIVE_INFINITY, failures: 0 };
      alerts.report({ where: "database", requestId, error });
    }
    outage.failures += 1;
    if (time - outage.loggedAt < OUTAGE_INTERVAL_MS) return;
    const { failures } = outage;
    logger.error({ where, requestId, reason: reasonOf(error), failures }, "database unavailable");
    Object.assign(outage, { loggedAt: time, failures: 0 });
  }

  return {
    /** Notes a failure; never throws and never waits. */
    report(failure: Failure): void {
      const { where, requestId, error } = failure;
      if (isDatabaseAway(error)) {
        databaseAway(failure);
        return;
      }
      if (isDiskFull(error)) diskFullAt = now();
      logger.error({ requestId, where, err: error }, "unexpected failure");
      alerts.report(failure);
    },

    /** Whether a failure of the last so many milliseconds was for want of room on the disk. */
    diskFullWithin: (milliseconds: number) => now() - diskFullAt < milliseconds,

    /** Says that the database answers; ends an outage, if there was one. */
    databaseAnswers(): void {
      if (outage === null) return;
      const { since, failures } = outage;
      outage = null;
      const seconds = Math.round((now() - since) / 1000);
      logger.info({ seconds, failures }, "database available again");
    },
  };
}

/** What happened, in one line: Prisma shows the query first. */
export function reasonOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  const lines = String(message ?? error)
    .trim()
    .split("\n");
  return (lines.at(-1) || String(code ?? "unknown")).slice(0, 300);
}
