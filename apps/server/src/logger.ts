import { type DestinationStream, pino } from "pino";

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

/** Structured lines on standard output, or to `destination`. */
export function createLogger(level: string, destination?: DestinationStream) {
  const redact = secretFields.flatMap((name) => [name, `*.${name}`]);
  const options = { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What makes the lines readable when standard output is a terminal; undefined when it is not. */
export async function terminal(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  const { default: pretty } = await import("pino-pretty");
  return pretty({ sync: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" });
}
