import { readConfig } from "./config.ts";
import { readEnv } from "./env.ts";
import { endWith } from "./explain-start.ts";
import { createLogger } from "./logger.ts";
import { startServer } from "./server.ts";

/** If draining takes longer than this something hangs, in milliseconds. */
const LAST_RESORT = 14_000;

/** How long a crashing process may take to tell the admins, in milliseconds. */
const LAST_WORDS = 5000;

// From the first moment on: a signal during the start is heeded when the start is over.
const told = Promise.withResolvers<NodeJS.Signals>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => told.resolve(signal));
}

try {
  const { config, secrets } = readConfig(readEnv());
  const logger = createLogger(config.logLevel);
  const server = await startServer({ config, secrets, logger });

  const mails = server.mailCatcherUrl ? `; mails are caught at ${server.mailCatcherUrl}` : "";
  process.stdout.write(`Rekey is ready at ${server.url}${mails}\n`);

  // Nobody knows what state an uncaught failure left behind: say so, and let a fresh process go on.
  process.on("uncaughtException", (error) => {
    setTimeout(() => process.exit(1), LAST_WORDS).unref();
    void server.crash(error).finally(() => process.exit(1));
  });

  const signal = await told.promise;
  logger.info({ signal }, "draining");
  setTimeout(() => process.exit(1), LAST_RESORT).unref();
  await server.stop();
  process.exit(0);
} catch (error) {
  endWith(error);
}
