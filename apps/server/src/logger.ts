import { pino } from "pino";
import pretty from "pino-pretty";

export type Logger = ReturnType<typeof createLogger>;

/** Names under which a secret could ever reach a log line. */
const secretFields = [
  "password",
  "currentPassword",
  "token",
  "cookie",
  "authorization",
  "secret",
  "url",
];

/** Structured lines on standard output; readable ones on a terminal. */
export function createLogger(level: string) {
  const redact = secretFields.flatMap((name) => [name, `*.${name}`]);
  const options = { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return process.stdout.isTTY
    ? pino(options, pretty({ sync: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" }))
    : pino(options);
}
