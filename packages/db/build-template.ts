// Part of the build: makes the embedded database that new ones are copied from.
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { applyMigrations } from "./src/migrations.ts";
import { writeTemplate } from "./src/template.ts";

const pglite = await PGlite.create("memory://");
await applyMigrations(new PrismaPGlite(pglite));
await writeTemplate(pglite);
await pglite.close();
