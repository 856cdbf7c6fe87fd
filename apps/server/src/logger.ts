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

/**
 * Structured lines on standard output, or to `destination`. They are written beside the work, as a
 * synchronous write for each request is a sixth of its cost; what is left is written when the process
 * exits, and only one that is killed loses its last lines.
 */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 1, sync: false }),
) {
  const redact = secretFields.flatMap((name) => [name, `*.${name}`]);
  const options = { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, destination);
}

/** What makes the lines readable when standard output is a terminal; undefined when it is not. */
export async function terminal(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  const { default: pretty } = await import("pino-pretty");
  return pretty({ sync: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" });
}
