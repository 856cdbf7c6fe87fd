import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../support/free-port.ts";

const PACKAGES = "/usr/lib/postgresql";

/** The newest PostgreSQL on this machine, or null. */
function findPrograms(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const found = readdirSync(PACKAGES)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(PACKAGES, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  return found ?? null;
}

/** PostgreSQL refuses to run as root: then as whom else; null when nobody is at hand. */
function findOwner(): { uid: number; gid: number } | null {
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // No such user.
    }
  }
  return null;
}

const programs = findPrograms();
const isRoot = process.getuid?.() === 0;
const owner: { uid?: number; gid?: number } | null = isRoot ? findOwner() : {};

/** Null when `startCluster` can run, else why not. */
export const whyNoCluster: string | null =
  programs === null
    ? `no PostgreSQL programs in ${PACKAGES}`
    : owner === null
      ? "no user to run PostgreSQL as"
      : null;

/** A PostgreSQL server of the test's own, that may be stopped without anybody else noticing. */
export async function startCluster() {
  if (programs === null || owner === null) throw new Error(`No cluster: ${whyNoCluster}`);
  const bin = (name: string) => join(programs, name);
  const as = { ...owner, cwd: tmpdir() };
  const folder = mkdtempSync(join(tmpdir(), "rekey-cluster-"));
  const { uid, gid } = owner;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, "data");
  const flags = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"];
  execFileSync(bin("initdb"), flags, { ...as, stdio: "pipe" });
  const port = await freePort();
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
    const args = ["-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])];
    const started = spawn(bin("postgres"), args, { ...as, stdio: ["ignore", "ignore", "pipe"] });
    server = started;
    const log: string[] = [];
    for await (const line of createInterface({ input: started.stderr })) {
      log.push(line);
      if (line.includes("ready to accept connections")) {
        started.stderr.resume();
        return;
      }
    }
    throw new Error(`PostgreSQL did not start: ${log.join("\n")}`);
  }

  /** At once, as in a crash: what was committed is recovered from its log at the next start. */
  async function stop(): Promise<void> {
    if (server === null) return;
    const gone = once(server, "exit");
    server.kill("SIGQUIT");
    server = null;
    await gone;
  }

  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
