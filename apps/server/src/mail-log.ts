import type { OutboxObserver } from "@rekey/outbox/observer";
import type { Logger } from "./logger.ts";

/** Lines of their own in one interval; what comes after them is counted. */
const LINES = 10;
const INTERVAL_MS = 60_000;

/** Ends that somebody waits for a mail after. */
const LOST = new Set(["bounced", "expired", "dead"]);

export type MailLog = ReturnType<typeof createMailLog>;

/**
 * Logs mails that nobody will get, by id and kind and without addresses: `rekey mail:show` tells the
 * rest. In a storm the first few have lines of their own, and the others are counted in one a minute.
 */
export function createMailLog(logger: Pick<Logger, "warn">) {
  let lines = 0;
  let counts = new Map<string, { kind: string; state: string; count: number }>();
  let timer: NodeJS.Timeout | null = null;

  function endInterval(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const counted of counts.values()) logger.warn(counted, "more mails not delivered");
    counts = new Map();
    lines = 0;
  }

  return {
    ended({ id, kind, state }: Parameters<OutboxObserver["ended"]>[0]): void {
      if (!LOST.has(state)) return;
      timer ??= setTimeout(endInterval, INTERVAL_MS).unref();
      if (lines < LINES) {
        lines += 1;
        logger.warn({ mailId: id, kind, state }, "mail not delivered");
        return;
      }
      const key = `${kind} ${state}`;
      const counted = counts.get(key) ?? { kind, state, count: 0 };
      counts.set(key, { ...counted, count: counted.count + 1 });
    },

    /** Logs what is counted so far; for the end of the process. */
    flush: endInterval,
  };
}
