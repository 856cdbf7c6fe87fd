import { randomUUID } from "node:crypto";
import { createDeliver } from "@rekey/journal/deliver";
import { readConfig } from "../config.ts";
import { readEnv } from "../env.ts";
import { fail, print } from "./print.ts";

/** `rekey events:test`: says whether the receiver took it, or what stood in the way. */
export async function eventsTest(): Promise<void> {
  const { eventsReceiver } = readConfig(readEnv()).secrets;
  if (eventsReceiver === null) {
    fail("✗ EVENTS_WEBHOOK_URL is not set: nobody is told of events.");
    return;
  }
  const id = randomUUID();
  const payload = { type: "test", timestamp: new Date().toISOString(), data: {} } as const;
  const { signal } = new AbortController();
  const reason = await createDeliver(eventsReceiver, fetch, () => new Date())(id, payload, signal);
  if (reason === null) print(`✓ The receiver took it. Its webhook-id is ${id}.`);
  else fail(`✗ Not delivered: ${reason}.`);
}
