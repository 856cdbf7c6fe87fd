import { setTimeout as delay } from "node:timers/promises";
import { discardBacklog, mailsUnderWay } from "./rekey-tables.ts";
import type { Sink } from "./sink.ts";
import type { Site } from "./site.ts";

/** Mails in hand are finished within this time, in milliseconds, or the next round is disturbed. */
const PATIENCE = 15_000;

/**
 * Between two rounds: nothing waits to be mailed any more. Where SQL can be asked from outside the
 * backlog is thrown away; on the embedded database it is waited for until `sink` has all `mails`.
 */
export async function settle(site: Site, sink: Sink, mails: number): Promise<void> {
  if (site.sql === null) return void (await sink.reached(mails));
  for (const end = performance.now() + PATIENCE; performance.now() < end; await delay(50)) {
    await discardBacklog(site.sql);
    if ((await mailsUnderWay(site.sql)) === 0) return;
  }
}
