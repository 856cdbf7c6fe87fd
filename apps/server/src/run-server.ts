import { flushCompileCache } from "node:module";
import { constants } from "node:os";
import { readConfig } from "./config.ts";
import { readEnv } from "./env.ts";
import { endWith } from "./explain-start.ts";
import { createLogger, type Logger, terminal } from "./logger.ts";
import { startServer } from "./server.ts";

/** If ending takes longer than this after DRAIN_DELAY, something hangs. */
const LAST_RESORT_MS = 14_000;

/** Terminals and package managers deliver one signal twice, within this time. */
const SAME_SIGNAL_MS = 500;

/** How long a crashing process may take to tell the admins, in milliseconds. */
const LAST_WORDS = 5000;

// What this process writes is its user's alone: keys, the embedded database, caught mails.
process.umask(0o077);

// From the first moment on: a signal during the start is heeded when the start is over.
const told = Promise.withResolvers<NodeJS.Signals>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => told.resolve(signal));
}

try {
  const { config, secrets } = readConfig(readEnv());
  const logger = createLogger(config.logLevel, await terminal());
  const server = await startServer({ config, secrets, logger });

  const mails = server.mailCatcherUrl ? `; mails are caught at ${server.mailCatcherUrl}` : "";
  const ready = `Rekey is ready at ${server.url}${mails}`;
  if (config.production) logger.info({ role: config.role, pid: process.pid }, ready);
  else process.stdout.write(`${ready}\n`);
  // Now, as a process that is killed writes nothing at its end.
  flushCompileCache();

  // Nobody knows what state an uncaught failure left behind: say so, and let a fresh process go on.
  process.on("uncaughtException", (error) => {
    setTimeout(() => process.exit(1), LAST_WORDS).unref();
    void server.crash(error).finally(() => process.exit(1));
  });

  const signal = await told.promise;
  logger.info({ signal, drainDelay: config.drainDelay }, "draining");
  endAtNextSignal(logger);
  setTimeout(() => process.exit(1), config.drainDelay * 1000 + LAST_RESORT_MS).unref();
  await server.stop();
  logger.info("stopped");
  process.exit(0);
} catch (error) {
  endWith(error);
}

/** Whoever signals again does not want to wait: what is unfinished is taken up by the next process. */
function endAtNextSignal(logger: Logger): void {
  const since = performance.now();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (performance.now() - since < SAME_SIGNAL_MS) return;
      logger.warn({ signal }, "ended at once by a second signal");
      process.exit(128 + constants.signals[signal]);
    });
  }
}
