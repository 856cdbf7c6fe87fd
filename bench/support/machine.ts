import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { createTestDatabase, whyNoPostgres } from "@rekey/tests/support/postgres.ts";
import pg from "pg";

const root = join(import.meta.dirname, "../..");

async function postgresVersion(): Promise<string> {
  if ((await whyNoPostgres()) !== null) return "none";
  const database = await createTestDatabase({ migrated: false });
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    const { rows } = await client.query("SHOW server_version");
    return String(rows[0].server_version);
  } finally {
    await client.end();
    await database.drop();
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}

function commit(): string {
  const changed = git("status", "--porcelain").split("\n").filter(Boolean);
  const others = changed.filter((line) => !line.endsWith("bench/RESULTS.md"));
  return `${git("rev-parse", "--short", "HEAD")}${others.length > 0 ? " with changes" : ""}`;
}

/** On what, from what and how the figures were taken. */
export async function describeRun(args: string[]): Promise<[string, string][]> {
  return [
    ["command", ["pnpm bench", ...args].join(" ")],
    ["commit", commit()],
    ["date", new Date().toISOString().slice(0, 16).replace("T", " ")],
    ["processor", `${availableParallelism()} cores, ${cpus()[0]?.model ?? "unknown"}`],
    ["memory", `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["Node.js", process.version],
    ["PostgreSQL, on the same machine", await postgresVersion()],
  ];
}
