import type { Sql } from "@rekey/db/open-database";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** At most `points` per `duration` seconds and key. */
export interface LimiterOptions {
  name: string;
  points: number;
  duration: number;
  /** What one process refuses by itself, once it saw that many points, until they are forgotten. */
  blockInMemoryAt?: number;
}

/** As the library hands it over. */
interface Statement {
  text: string;
  values: unknown[];
}

/**
 * A counter that all processes share, in one statement. While the database is away each counts for
 * itself rather than not at all.
 */
export function createLimiter(
  sql: Sql,
  { name, points, duration, blockInMemoryAt }: LimiterOptions,
): RateLimiterPostgres {
  const options = { points, duration, keyPrefix: name };
  return new RateLimiterPostgres({
    ...options,
    // Without the names it would prepare its statements under: a pooler in front may not know them.
    storeClient: { query: ({ text, values }: Statement) => sql.query(text, values) },
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(options),
    ...(blockInMemoryAt !== undefined && { inMemoryBlockOnConsumed: blockInMemoryAt }),
  });
}

/** Null when the count went through, else how it was refused: the library rejects with that. */
export async function refusalOf(count: Promise<unknown>): Promise<RateLimiterRes | null> {
  try {
    await count;
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  }
}

/** Whole seconds to wait after a refusal, at least one; 0 without one. */
export function secondsToWait(refusal: RateLimiterRes | null): number {
  return refusal === null ? 0 : Math.ceil(refusal.msBeforeNext / 1000) || 1;
}
