import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { describe, expect, onTestFinished, test } from "vitest";
import { applyMigrations, readMigrations } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";
import { readTemplate } from "./template.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const wanted = readMigrations().map(({ name, sql }) => ({
  name,
  checksum: createHash("sha256").update(sql).digest("hex"),
}));

/** What Prisma's history says of the embedded database in a folder, opened as a server would. */
async function historyOf(dataDir: string | null) {
  const database = await openDatabase({ engine: "pglite", dataDir });
  onTestFinished(() => database.close());
  return database.prisma.$queryRaw`
    SELECT migration_name AS name, checksum FROM _prisma_migrations
    WHERE finished_at IS NOT NULL ORDER BY name`;
}

test("the build makes a template of the embedded database", async () => {
  expect((await readTemplate())?.size).toBeGreaterThan(1_000_000);
});

describe("a new embedded database", () => {
  test.each(["memory", "a folder"])("in %s has every migration in its history", async (where) => {
    const dataDir = where === "memory" ? null : temporaryFolder();
    expect(await historyOf(dataDir)).toEqual(wanted);
  });

  test("is made anew when a process was killed while making it", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "pglite.part"));
    writeFileSync(join(dataDir, "pglite.part/PG_VERSION"), "17\n");
    expect(await historyOf(dataDir)).toEqual(wanted);
    expect(existsSync(join(dataDir, "pglite.part"))).toBe(false);
  });
});

test("an embedded database of an earlier version gets the migrations it lacks", async () => {
  const dataDir = temporaryFolder();
  const pglite = await PGlite.create(join(dataDir, "pglite"));
  const earlier = readMigrations().slice(0, -1);
  await applyMigrations(new PrismaPGlite(pglite), earlier);
  await pglite.close();
  expect(await historyOf(dataDir)).toEqual(wanted);
});
