import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/** So many requests at once mean that this process has its hands full. */
const BUSY = 4;
/** What mail sending waits at most, and takes then while it is still so: some forty a second. */
const PATIENCE = 250;
const PORTION = 10;

/** Milliseconds between looks. */
const STEP = 10;
/** Milliseconds without an answer on its way after which somebody who asks one thing after another is done. */
const QUIET = 50;

export type RequestsFirst = ReturnType<typeof createRequestsFirst>;

/**
 * In a process that answers requests and sends mails, requests go first. No mail is taken up while an
 * answer is on its way, or just after one: the work on it would delay the answer to the request that
 * asked for it or to the next, by so much more where the account exists (CWE-208). Whoever asks without a
 * pause meets that work at times that have nothing to do with what was asked last. And in a burst, where
 * somebody waits for each answer while a mail may be some seconds late, sending slows down; it never stops.
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
      }, QUIET).unref();
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
    /** Resolves to how many of `wanted` mails may be taken up now, at least one. */
    async allow(wanted: number): Promise<number> {
      const isQuiet = () => answers === 0 && echoes === 0;
      for (let waited = 0; !isQuiet() && waited < PATIENCE; waited += STEP) await sleep(STEP);
      return answers >= BUSY ? Math.min(wanted, PORTION) : wanted;
    },
  };
}
