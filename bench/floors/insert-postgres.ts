import pg from "pg";
import { type Pace, timed } from "../load/pace.ts";
import { serveCommands } from "../support/serve-commands.ts";
import { createTable, insertRow, rowOf } from "./queue-row.ts";

/** Bare single-row INSERTs, each its own transaction, through the driver that Rekey uses. */
const [databaseUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
await pool.query(createTable);

serveCommands((pace: Pace) =>
  timed(pace, async (index) => {
    await pool.query(insertRow, rowOf(index));
  }),
);
