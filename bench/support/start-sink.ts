import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@rekey/tests/support/free-port.ts";
import { startHelper } from "./helper.ts";
import type { PlainSinkCommand } from "./plain-sink.ts";
import { createCounter, type Sink } from "./sink.ts";
import { findSmtpSink } from "./smtp-sink-program.ts";

/**
 * Postfix's smtp-sink, or where there is none the benchmark's own sink, which costs the machine more.
 * `delay` is how many seconds it waits before it answers to DATA.
 */
export async function startSink(stack: AsyncDisposableStack, delay = 0): Promise<Sink> {
  const found = findSmtpSink();
  return "why" in found
    ? startPlainSink(stack, delay, found.why)
    : startSmtpSink(stack, delay, found);
}

async function startSmtpSink(
  stack: AsyncDisposableStack,
  wait: number,
  { program, libraries, name }: { program: string; libraries: string; name: string },
): Promise<Sink> {
  const port = await freePort();
  const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const slow = wait > 0 ? ["-w", String(wait)] : [];
  const child = spawn(program, ["-c", ...user, ...slow, `127.0.0.1:${port}`, "1000"], {
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  stack.defer(async () => {
    child.kill("SIGKILL");
    await exited;
  });

  const counter = createCounter();
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("latin1")).split("\r");
    rest = lines.pop() ?? "";
    const [, taken] = lines.at(-1)?.match(/mesg=(\d+)/) ?? [];
    if (taken !== undefined) counter.set(Number(taken));
  });
  await listening(port, child);
  return { name, port, ...counter };
}

/** It says nothing when it listens, so it is asked. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const socket = createConnection(port, "127.0.0.1");
    const answers = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answers) return;
    await delay(20);
  }
  throw new Error("smtp-sink did not start");
}

async function startPlainSink(
  stack: AsyncDisposableStack,
  wait: number,
  why: string,
): Promise<Sink> {
  const counter = createCounter();
  const helper = await startHelper<PlainSinkCommand, number>(
    stack,
    "support/plain-sink.ts",
    [String(wait)],
    (count) => counter.set(count as number),
  );
  const port = await helper.run({ ask: "port" });
  return { name: `smtp-server (no smtp-sink: ${why})`, port, ...counter };
}
