import { setTimeout as sleep } from "node:timers/promises";
import type { PrismaClient } from "../generated/prisma/client.ts";

/**
 * The database gave a transaction up in favour of another, and did nothing of it: serialization_failure
 * and deadlock_detected, and Prisma's own code for them.
 */
const GIVEN_UP = new Set(["40001", "40P01", "P2034"]);

const MAX_TRIES = 8;
/** Milliseconds before the second try; doubled from try to try, and half of it at random. */
const FIRST_PAUSE_MS = 10;

/** Runs `run`, and again when the database gave its transaction up in favour of another. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === MAX_TRIES || !wasGivenUp(error)) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2));
    }
  }
}

/** Drivers, adapters and Prisma each put the code somewhere else. */
function wasGivenUp(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, originalCode, meta, cause, driverAdapterError } = error as Record<string, unknown>;
  if (GIVEN_UP.has(String(code)) || GIVEN_UP.has(String(originalCode))) return true;
  return [meta, cause, driverAdapterError].some(wasGivenUp);
}

/**
 * The same client, whose transactions are run again when the database gives them up. So what runs in
 * one must have no effect outside of it.
 */
export function retryTransactions(prisma: PrismaClient): PrismaClient {
  type Run = (...args: unknown[]) => Promise<unknown>;
  return new Proxy(prisma, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== "$transaction") return value;
      return (...args: unknown[]) => retried(() => (value as Run).apply(target, args));
    },
  });
}
