import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/** From this many concurrent requests on the process counts as busy. */
const BUSY_REQUESTS = 4;
/** Longest delay before emails are taken up, and how many are taken then if the process is still busy. */
const MAX_DELAY_MS = 250;
const BUSY_BATCH = 10;

const CHECK_EVERY_MS = 10;
/** Emails are taken up once no answer was on its way for this long. */
const QUIET_MS = 50;

export type RequestsFirst = ReturnType<typeof createRequestsFirst>;

/**
 * In a process that answers requests and sends emails, requests go first. No email is taken up while an
 * answer is on its way or just after one: the work on it would delay that answer or the next, and by more
 * if the account exists (CWE-208). A client that calls without a pause meets this work at times unrelated
 * to what it asked last. In a burst sending slows down, because people wait for answers and an email may
 * be some seconds late; it never stops.
 */
export function createRequestsFirst() {
  /** Answers that are on their way, until their last byte is out. */
  let answers = 0;
  /** Answers that have just gone. */
  let echoes = 0;

  const count: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> = async (c, next) => {
    const out = () => {
      answers -= 1;
      echoes += 1;
      setTimeout(() => {
        echoes -= 1;
      }, QUIET_MS).unref();
    };
    answers += 1;
    const { outgoing } = c.env ?? {};
    outgoing?.once("close", out);
    try {
      await next();
    } finally {
      if (outgoing === undefined) out();
    }
  };

  return {
    count,
    /** Resolves to how many of `wanted` emails may be taken up now, at least one. */
    async allow(wanted: number): Promise<number> {
      const isQuiet = () => answers === 0 && echoes === 0;
      for (let waited = 0; !isQuiet() && waited < MAX_DELAY_MS; waited += CHECK_EVERY_MS) {
        await sleep(CHECK_EVERY_MS);
      }
      return answers >= BUSY_REQUESTS ? Math.min(wanted, BUSY_BATCH) : wanted;
    },
  };
}
