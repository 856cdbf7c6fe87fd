/** Errors of the system on the way to a server (errno(3), getaddrinfo(3)). */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  // Prisma: cannot reach, timed out, closed the connection, no connection of the pool came free.
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  // PostgreSQL: shutting down or starting, out of connections, a replica that was not promoted yet.
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "25006",
]);

/** SQLSTATE class 08: connection exception. */
const CONNECTION_EXCEPTION = /^08\w{3}$/;

/** What `pg` throws without a code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Unable to start a transaction in the given time)/;

/** How far the causes of an error are followed. */
const DEPTH = 8;

/**
 * Whether an error means that the database cannot be used for the moment: it is down, starting,
 * failing over or out of connections. Such a call may be tried again later; anything else is a fault.
 */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEPTH) return false;
  const { code, originalCode, message, cause, meta, errors } = error as {
    code?: unknown;
    originalCode?: unknown;
    message?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
    errors?: unknown;
  };
  // Another server than the database, that was asked over HTTP.
  if (message === "fetch failed") return false;
  return (
    [code, originalCode].some(
      (one) => typeof one === "string" && (UNREACHABLE.has(one) || CONNECTION_EXCEPTION.test(one)),
    ) ||
    (typeof message === "string" && MESSAGES.test(message.trim().split("\n").at(-1) ?? "")) ||
    isDatabaseAway(cause, depth + 1) ||
    isDatabaseAway(meta?.driverAdapterError, depth + 1) ||
    (Array.isArray(errors) && errors.some((one) => isDatabaseAway(one, depth + 1)))
  );
}

/** Whether an error means that there was no room to write. */
export function isDiskFull(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEPTH) return false;
  const { code, originalCode, message, cause, meta } = error as Record<string, unknown>;
  return (
    [code, originalCode].some((one) => one === "53100" || one === "ENOSPC") ||
    (typeof message === "string" &&
      /No space left on device|could not extend file/.test(message)) ||
    isDiskFull(cause, depth + 1) ||
    isDiskFull(
      (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError,
      depth + 1,
    )
  );
}
