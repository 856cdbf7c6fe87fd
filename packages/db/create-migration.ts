// After a change to schema.prisma: `pnpm --filter @rekey/db migration NAME` writes the migration
// that follows from it, as `prisma migrate dev --create-only` would, with no server and no download.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { diffMigrations } from "./src/migrations.ts";

const [name] = process.argv.slice(2);
if (!/^[a-z0-9_]+$/.test(name ?? "")) {
  throw new Error("Name the migration in snake_case: pnpm --filter @rekey/db migration add_locale");
}
const sql = await diffMigrations(new PrismaPGlite(new PGlite("memory://")));
if (sql === "") {
  process.stdout.write("The migrations already say what schema.prisma says.\n");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(import.meta.dirname, "prisma/migrations", `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), sql);
  process.stdout.write(`${folder}\n`);
}
process.exit();
