// Part of the build: makes the embedded database that new ones are copied from.
import { openDatabase } from "./src/open-database.ts";
import { writeTemplate } from "./src/template.ts";

const database = await openDatabase({ engine: "pglite", dataDir: null });
if (database.source.engine !== "pglite") throw new Error("Not an embedded database");
await writeTemplate(database.source.pglite);
await database.close();
