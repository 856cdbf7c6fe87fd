import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const bench = join(import.meta.dirname, "..");

export interface Helper<Command, Result> {
  pid: number;
  /** Milliseconds from its spawn until it was ready. */
  startedIn: number;
  run: (command: Command) => Promise<Result>;
  end: () => Promise<void>;
}

type Message<Result> =
  | "ready"
  | { note: unknown }
  | { id: number; result?: Result; error?: string };

/**
 * Starts one of the benchmark's own programs (`serveCommands`) as a process of its own: a load
 * generator or a floor shares no event loop with what it measures, nor with the clock.
 */
export async function startHelper<Command extends object, Result>(
  stack: AsyncDisposableStack,
  file: string,
  args: string[] = [],
  onNote: (note: unknown) => void = () => {},
): Promise<Helper<Command, Result>> {
  const spawned = performance.now();
  const child = fork(join(bench, file), args, { serialization: "advanced" });
  const exited = once(child, "exit");
  const waiting = new Map<number, PromiseWithResolvers<Result>>();
  const ready = Promise.withResolvers<void>();
  child.on("message", (message: Message<Result>) => {
    if (message === "ready") return ready.resolve();
    if ("note" in message) return onNote(message.note);
    const { id, result, error } = message;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result as Result);
    else asked?.reject(new Error(`${file}: ${error}`));
  });
  exited.then(([code]) => {
    const gone = new Error(`${file} ended with ${code}`);
    ready.reject(gone);
    for (const asked of waiting.values()) asked.reject(gone);
  });
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await exited;
  };
  stack.defer(end);
  await ready.promise;

  let lastId = 0;
  return {
    pid: child.pid ?? 0,
    startedIn: performance.now() - spawned,
    end,
    run(command) {
      const asked = Promise.withResolvers<Result>();
      lastId += 1;
      waiting.set(lastId, asked);
      child.send({ id: lastId, command });
      return asked.promise;
    },
  };
}
