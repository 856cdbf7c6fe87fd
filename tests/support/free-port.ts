import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Below what systems give to outgoing connections: one of those could take it before it is used. */
const LOWEST = 10_000;
const HIGHEST = 30_000;
/** A file for each port that a test process was given, with the process's id in it. */
const taken = join(tmpdir(), "rekey-test-ports");

/**
 * A port on which nothing listens, and which no other test process is given while this one runs: a
 * server that a test stops finds its port free when the test starts it again.
 */
export async function freePort(): Promise<number> {
  mkdirSync(taken, { recursive: true });
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (take(port) && (await isFree(port))) return port;
  }
}

function take(port: number): boolean {
  const file = join(taken, String(port));
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    // Left by a process that is gone, it is free for whoever looks next.
    if (!isRunning(Number(readIfThere(file)))) rmSync(file, { force: true });
    return false;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether nothing listens on it, on any address of this machine. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, () => resolve(true));
  });
  if (!free) return false;
  server.close();
  await once(server, "close");
  return true;
}
