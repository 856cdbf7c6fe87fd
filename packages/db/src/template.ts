import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { PGlite } from "@electric-sql/pglite";
import { readMigrations } from "./migrations.ts";

const folder = join(import.meta.dirname, "../generated/template");

/** Named after all that the template follows from, so that a stale one is not found. */
function templateFile(): string {
  const hash = createHash("sha256").update(pgliteVersion());
  for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
  return join(folder, `${hash.digest("hex").slice(0, 16)}.tar.zst`);
}

/** The package names no subpath for its manifest, which stands beside the folder of its entry. */
function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8")).version;
}

/**
 * The data directory of a new embedded database with every migration applied, as PGlite's
 * `loadDataDir` takes it; null if the build has made none for these migrations. Loading it takes a
 * tenth of the time of making a cluster and migrating it.
 */
export async function readTemplate(): Promise<Blob | null> {
  const file = templateFile();
  if (!existsSync(file)) return null;
  return new Blob([await promisify(zstdDecompress)(await readFile(file))]);
}

/** Keeps the data directory of `pglite` as the template, in place of earlier ones. */
export async function writeTemplate(pglite: PGlite): Promise<string> {
  const dump = await pglite.dumpDataDir("none");
  const bytes = await promisify(zstdCompress)(Buffer.from(await dump.arrayBuffer()));
  const file = templateFile();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Under its own name only once it is whole.
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
  return file;
}
