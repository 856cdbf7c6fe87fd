import { measureColdStart } from "./measurements/cold-start.ts";
import { measureEndToEnd } from "./measurements/end-to-end.ts";
import { measureGrowth } from "./measurements/growth.ts";
import { measureMails } from "./measurements/mails.ts";
import { measureMemory } from "./measurements/memory.ts";
import { measurePages } from "./measurements/pages.ts";
import { measureRequests } from "./measurements/requests.ts";
import { measureResets } from "./measurements/resets.ts";
import { measureSlowMailServer } from "./measurements/slow-mail-server.ts";
import type { Measurement } from "./support/measurement.ts";

/** In the order of the report. */
export const measurements: Measurement[] = [
  { name: "requests", measure: measureRequests },
  { name: "slow-mail-server", measure: measureSlowMailServer },
  { name: "mails", measure: measureMails },
  { name: "end-to-end", measure: measureEndToEnd },
  { name: "resets", measure: measureResets },
  { name: "memory", measure: measureMemory },
  { name: "cold-start", measure: measureColdStart },
  { name: "growth", measure: measureGrowth },
  { name: "pages", measure: measurePages, withoutPostgres: true },
];
