import { PGlite } from "@electric-sql/pglite";
import { type Pace, timed } from "../load/pace.ts";
import { serveCommands } from "../support/serve-commands.ts";
import { createTable, insertRow, rowOf } from "./queue-row.ts";

/** Bare single-row INSERTs into an embedded database on the same disk. */
const [folder] = process.argv.slice(2);
const pglite = new PGlite(folder);
await pglite.exec(createTable);

serveCommands((pace: Pace) =>
  timed(pace, async (index) => {
    await pglite.query(insertRow, rowOf(index));
  }),
);
