import type { EventAttempt } from "@rekey/journal/events";
import { Counter, type Registry } from "prom-client";
import type { Logger } from "./logger.ts";

/** Counts and logs attempts to tell of events; one that is given up stands in the log with its id. */
export function createEventObserver(registry: Registry, logger: Pick<Logger, "warn" | "error">) {
  const attempts = new Counter({
    name: "rekey_event_deliveries_total",
    help: "Attempts to deliver an event to EVENTS_WEBHOOK_URL, by event and outcome.",
    labelNames: ["event", "outcome"],
    registers: [registry],
  });
  return ({ id, type, outcome, reason }: EventAttempt): void => {
    attempts.inc({ event: type, outcome });
    const details = { webhookId: id, event: type, reason };
    if (outcome === "deferred") logger.warn(details, "event not delivered, to be tried again");
    if (outcome === "dead") logger.error(details, "event not delivered, given up");
  };
}
