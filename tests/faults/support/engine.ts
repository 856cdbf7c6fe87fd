import { type Engine, noPostgres } from "../../support/rekey.ts";

/** For faults that are the same on both: a server where there is one, as processes start faster on it. */
export const anyEngine: Engine = noPostgres ? "pglite" : "postgres";
