import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/** So many requests at once mean that this process has its hands full. */
const BUSY = 4;
/** What mail sending waits at most, and takes then while it is still so: some forty a second. */
const PATIENCE = 250;
const PORTION = 10;

export type RequestsFirst = ReturnType<typeof createRequestsFirst>;

/** Milliseconds without an answer on its way after which somebody who asks one thing after another is done. */
const QUIET = 50;

/**
 * In a process that answers requests and sends mails, requests go first. No mail is taken up while an
 * answer is on its way, or just after one: the work on it would delay the answer to the request that
 * asked for it or to the next, by so much more where the account exists (CWE-208). Whoever asks without a
 * pause meets that work at times that have nothing to do with what was asked last. And in a burst, where somebody waits for each answer
 * while a mail may be some seconds late, sending slows down; it never stops.
 */
export function createRequestsFirst() {
  /** Each answer that is on its way, until its last byte is out. */
  const answers = new Set<Promise<void>>();
  let lastAnswered = Number.NEGATIVE_INFINITY;

  const count: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> = async (c, next) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const out = () => {
      answers.delete(promise);
      lastAnswered = performance.now();
      resolve();
    };
    answers.add(promise);
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
      const until = performance.now() + PATIENCE;
      const isQuiet = () => answers.size === 0 && performance.now() - lastAnswered >= QUIET;
      while (!isQuiet() && performance.now() < until) await sleep(10);
      return answers.size >= BUSY ? Math.min(wanted, PORTION) : wanted;
    },
  };
}
