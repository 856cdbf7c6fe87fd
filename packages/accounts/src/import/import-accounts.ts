import { randomUUIDv7 } from "node:crypto";
import { availableParallelism } from "node:os";
import type { PasswordPolicy } from "@rekey/contract/password";
import type { PrismaClient } from "@rekey/db/client";
import { hashPassword } from "../password-hash.ts";
import { type Candidate, type Refusal, readCandidate } from "./candidate.ts";
import type { ImportRecord } from "./record.ts";

/** Accounts made in one statement, so that a server beside it waits little. */
const BATCH = 500;
/** Plain passwords in one batch: about two seconds of hashing may be lost when it is interrupted. */
const PASSWORDS = 64;

/** How many lines came to what. In a dry run `created` would have been. */
export interface ImportCounts {
  lines: number;
  created: number;
  /** The address has an account, made before or by an earlier line; it is left as it is. */
  existing: number;
  refused: number;
}

export interface ImportOptions {
  prisma: PrismaClient;
  records: AsyncIterable<ImportRecord>;
  policy: PasswordPolicy;
  now: () => Date;
  /** Judges and counts, and writes nothing. */
  dryRun: boolean;
  /** Stops between two batches. */
  signal: AbortSignal;
  onRefused: (refusal: Refusal) => void;
  onProgress: (counts: Readonly<ImportCounts>) => void;
}

/**
 * Makes an account of each record, as if its mailbox had answered: the addresses are taken to be
 * confirmed. Each batch is one statement and existing addresses are passed over before anything is
 * hashed, so an import that was interrupted anywhere, or killed, is resumed by running it again.
 */
export async function importAccounts(options: ImportOptions): Promise<ImportCounts> {
  const { records, policy, signal, onRefused, onProgress } = options;
  const counts: ImportCounts = { lines: 0, created: 0, existing: 0, refused: 0 };
  let batch: Candidate[] = [];
  let passwords = 0;

  async function flush() {
    const created = batch.length === 0 ? 0 : await create(batch, options);
    counts.created += created;
    counts.existing += batch.length - created;
    batch = [];
    passwords = 0;
    onProgress(counts);
  }

  for await (const record of records) {
    if (signal.aborted) return counts;
    counts.lines += 1;
    const judged = readCandidate(record, policy);
    if (judged.status === "refused") {
      counts.refused += 1;
      onRefused(judged.refusal);
      continue;
    }
    batch.push(judged.candidate);
    if (judged.candidate.secret.kind === "password") passwords += 1;
    if (batch.length === BATCH || passwords === PASSWORDS) await flush();
  }
  await flush();
  return counts;
}

/** Resolves to how many were made. */
async function create(
  batch: readonly Candidate[],
  { prisma, now, dryRun }: ImportOptions,
): Promise<number> {
  const byKey = new Map<string, Candidate>();
  for (const one of batch) if (!byKey.has(one.emailKey)) byKey.set(one.emailKey, one);
  if (dryRun || batch.some(({ secret }) => secret.kind === "password")) {
    for (const { key } of await prisma.$queryRaw<{ key: string }[]>`
      SELECT email_key AS key FROM account WHERE email_key = ANY(${[...byKey.keys()]})`) {
      byKey.delete(key);
    }
  }
  if (dryRun || byKey.size === 0) return byKey.size;

  const accounts = [...byKey.values()];
  const hashes = await inParallel(accounts, ({ secret }) =>
    secret.kind === "hash" ? secret.hash : hashPassword(secret.password),
  );
  const createdAt = now();
  // Arrays, not rows: several times as fast as createMany, in a fraction of its memory.
  return prisma.$executeRaw`
    INSERT INTO account (id, email, email_key, name, password_hash, created_at, password_changed_at)
    SELECT id, email, email_key, name, hash, ${createdAt}::timestamptz, ${createdAt}::timestamptz
    FROM unnest(
      ${accounts.map(() => randomUUIDv7())}::uuid[],
      ${accounts.map(({ email }) => email)}::text[],
      ${accounts.map(({ emailKey }) => emailKey)}::text[],
      ${accounts.map(({ name }) => name)}::text[],
      ${hashes}::text[]
    ) AS new (id, email, email_key, name, hash)
    ON CONFLICT (email_key) DO NOTHING`;
}

/** Maps with as many at a time as there are processors: hashing beyond that only takes memory. */
async function inParallel<T, R>(
  items: readonly T[],
  map: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await map(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
