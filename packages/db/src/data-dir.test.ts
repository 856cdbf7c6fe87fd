import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { DataDirError, prepareDataDir } from "./data-dir.ts";
import { openDatabase } from "./open-database.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-data-dir-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.skipIf(process.platform === "win32")("the data directory", () => {
  test("is made for its owner alone, and so are the parents that it needs", () => {
    const parent = temporaryFolder();
    prepareDataDir(join(parent, "var/rekey"));
    expect(modeOf(join(parent, "var"))).toBe("700");
    expect(modeOf(join(parent, "var/rekey"))).toBe("700");
  });

  test("that others may enter is closed to them, with what is in it", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "secret.key"), "x", { mode: 0o644 });
    mkdirSync(join(folder, "mails"), { mode: 0o755 });
    prepareDataDir(folder);
    expect(modeOf(folder)).toBe("700");
    expect(modeOf(join(folder, "secret.key"))).toBe("600");
    expect(modeOf(join(folder, "mails"))).toBe("700");
  });

  test("is not a folder that others use too", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "somebody-else"));
    chmodSync(folder, 0o755);
    expect(() => prepareDataDir(folder)).toThrow(/somebody-else, which is not Rekey's/);
    expect(modeOf(folder)).toBe("755");
    const shared = temporaryFolder();
    chmodSync(shared, 0o1777);
    expect(() => prepareDataDir(shared)).toThrow(/Set DATA_DIR to a folder of its own/);
  });

  test("is not a file, nor in a place where nothing can be made", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below"), "/proc/rekey/data"]) {
      expect(() => prepareDataDir(path)).toThrow(DataDirError);
      expect(() => prepareDataDir(path)).toThrow(`DATA_DIR ${path} cannot be used`);
    }
  });
});

describe("the embedded database", () => {
  let whole: string;
  beforeAll(async () => {
    whole = mkdtempSync(join(tmpdir(), "rekey-data-dir-"));
    await (await openDatabase({ engine: "pglite", dataDir: whole })).close();
    return () => rmSync(whole, { recursive: true, force: true });
  });

  test.skipIf(process.platform === "win32")("has no file that others may read", () => {
    const open = readdirSync(whole, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([join(whole, "server.lock")]);
  });

  const truncate = (path: string) => truncateSync(path, 0);
  const remove = (path: string) => rmSync(path, { recursive: true });
  test.each([
    ["has lost PG_VERSION", "PG_VERSION", remove, /PG_VERSION is missing/],
    ["has an empty PG_VERSION", "PG_VERSION", truncate, /PG_VERSION names no version/],
    [
      "is of another version",
      "PG_VERSION",
      (path: string) => writeFileSync(path, "14\n"),
      /belongs to PostgreSQL 14/,
    ],
    ["has an empty control file", "global/pg_control", truncate, /cannot be opened/],
    ["has lost its tables", "base", remove, /cannot be opened/],
    ["has lost its transactions", "pg_xact", remove, /cannot be opened/],
  ])("that %s is refused in words and left as it is", async (_what, file, spoil, words) => {
    const dataDir = temporaryFolder();
    cpSync(join(whole, "pglite"), join(dataDir, "pglite"), { recursive: true });
    spoil(join(dataDir, "pglite", file));
    const listed = () =>
      readdirSync(join(dataDir, "pglite")).filter((name) => name !== "postmaster.pid");
    const before = listed();
    const opened = openDatabase({ engine: "pglite", dataDir });
    await expect(opened).rejects.toThrow(DataDirError);
    await expect(opened).rejects.toThrow(words);
    await expect(opened).rejects.toThrow(join(dataDir, "pglite"));
    expect(listed()).toEqual(before);
  });

  test("is not made in place of a file or of an emptied folder", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "pglite"));
    await expect(openDatabase({ engine: "pglite", dataDir })).rejects.toThrow(
      /PG_VERSION is missing/,
    );
    rmSync(join(dataDir, "pglite"), { recursive: true });
    writeFileSync(join(dataDir, "pglite"), "");
    await expect(openDatabase({ engine: "pglite", dataDir })).rejects.toThrow(/it is a file/);
  });
});
