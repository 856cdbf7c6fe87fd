import { setTimeout as sleep } from "node:timers/promises";
import type { MiddlewareHandler } from "hono";

/** So many requests at once mean that this process has its hands full. */
const BUSY = 4;
/** What mail sending waits at most, and takes then while it is still so: some forty a second. */
const PATIENCE = 250;
const PORTION = 10;

export type RequestsFirst = ReturnType<typeof createRequestsFirst>;

/**
 * In a process that answers requests and sends mails, a burst of requests goes first: somebody waits
 * for each of them, while a mail may be some seconds late. Sending slows down meanwhile, and never
 * stops.
 */
export function createRequestsFirst() {
  let inFlight = 0;

  const count: MiddlewareHandler = async (_c, next) => {
    inFlight += 1;
    try {
      await next();
    } finally {
      inFlight -= 1;
    }
  };

  return {
    count,
    /** Resolves to how many of `wanted` mails may be taken up now, at least one. */
    async allow(wanted: number): Promise<number> {
      for (let waited = 0; inFlight >= BUSY && waited < PATIENCE; waited += 10) await sleep(10);
      return inFlight >= BUSY ? Math.min(wanted, PORTION) : wanted;
    },
  };
}
