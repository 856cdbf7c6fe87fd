import { measureRequests } from "./measurements/requests.ts";
import type { Measurement } from "./support/measurement.ts";

/** In the order of the report. */
export const measurements: Measurement[] = [{ name: "requests", measure: measureRequests }];
