import type { Prisma } from "@rekey/db/client";
import {
  fromPglite,
  fromPrisma,
  type Job,
  type PGliteLike,
  PgBoss,
  type QueueOptions,
} from "pg-boss";

/** What SQL is run with: a connection, or a transaction on one. */
export interface Sql {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

type PGliteTransaction = Pick<PGliteLike, "query">;

export type QueueSource =
  | { engine: "postgres"; url: string }
  | {
      engine: "pglite";
      pglite: PGliteLike & {
        transaction<T>(run: (tx: PGliteTransaction) => Promise<T>): Promise<T>;
      };
    };

export interface QueueConfig {
  source: QueueSource;
  /** Whether this process works on the jobs, and so looks after those of processes that died. */
  works: boolean;
  onError: (error: unknown) => void;
}

/** A claim on a mail: its id, and which attempt of its job this process holds. */
export type Claim = Pick<Job, "id" | "retryCount">;

export type JobQueuePolicy = QueueOptions & { retryLimit: number };

/** One attempt at a job. `signal` is aborted when this process gives the job up. */
export interface JobAttempt<Data> {
  id: string;
  data: Data;
  /** How often it may still be tried after this. */
  attemptsLeft: number;
  signal: AbortSignal;
}

/** A durable queue beside that of mails. */
export interface JobQueue<Data extends object> {
  /** Adds a job inside a transaction: it exists exactly if that commits. */
  insert(tx: Prisma.TransactionClient, job: { id: string; data: Data }): Promise<void>;
  /** Works on jobs; one that `handle` does not call done is tried again, as the policy says. */
  work(handle: (attempt: JobAttempt<Data>) => Promise<boolean>): Promise<void>;
}

const QUEUE = "mail";
/** What tells workers in other processes that there is something to do. */
export const CHANNEL = "rekey_mail";

/** Jobs other than mails that one process has in hand at once. */
const TURN = 10;
/** A job whose worker gave no sign of life for this long goes to another, in seconds. */
const HEARTBEAT = 10;
/** How often dead workers' jobs are looked for, in seconds. */
const WATCH = 2;

const policy = {
  heartbeatSeconds: HEARTBEAT,
  /** A claim that lasts longer is taken away. */
  expireInSeconds: 180,
  /** The delivery record stays; the finished job is of no more use. */
  deleteAfterSeconds: 3600,
  /** The worker, not the queue, says when it is enough. */
  retryLimit: 100_000,
  /** Doubles from attempt to attempt, with jitter. */
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
};

export type Queue = Awaited<ReturnType<typeof openQueue>>;

/**
 * The durable queue in the application's own database: one job for each mail that has something
 * left to do, no more in it than the mail's id. A claimed job whose process dies comes back.
 */
export async function openQueue({ source, works, onError }: QueueConfig) {
  const boss = new PgBoss({
    ...(source.engine === "postgres"
      ? { connectionString: source.url, application_name: "rekey-queue", max: 6 }
      : { db: fromPglite(source.pglite), backend: "pglite" as const }),
    schedule: works,
    supervise: works,
    superviseIntervalSeconds: WATCH,
    monitorIntervalSeconds: WATCH,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", onError);
  await boss.start();
  await ensureQueue(boss, QUEUE, policy);
  if (works && source.engine === "pglite") await giveBackOrphans(boss);

  return {
    /** The queue's own connections, each statement by itself. */
    sql: boss.getDb() as Sql,
    /** A transaction on a connection of the queue's own: a fraction of what one through Prisma costs. */
    async transaction(run: (sql: Sql) => Promise<void>): Promise<void> {
      if (source.engine === "pglite") {
        return source.pglite.transaction((tx) =>
          run({ executeSql: (text, values = []) => tx.query(text, values) }),
        );
      }
      const transaction = await boss.getDb().beginTransaction?.();
      if (transaction === undefined)
        throw new Error("The queue's connections know no transactions");
      try {
        await run(transaction.db);
        await transaction.commit();
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
    },
    /** Adds jobs inside a transaction: they exist exactly if it commits. */
    async insert(sql: Sql, jobs: { id: string; priority: number; startAfter?: Date }[]) {
      await boss.insert(QUEUE, jobs, { db: sql });
    },
    /** Removes jobs, whatever their state, inside a transaction. */
    async remove(sql: Sql, ids: string[]) {
      await boss.deleteJob(QUEUE, ids, { db: sql });
    },
    /** Claims at most `limit` jobs that are due, by priority, then age. */
    claim(limit: number): Promise<Claim[]> {
      return boss.fetch(QUEUE, { batchSize: limit });
    },
    /** Keeps claims alive. Resolves to the ids that are still held. */
    async touch(claims: Claim[]): Promise<Set<string>> {
      // Not in its type, but what pg-boss's own workers go by.
      const { settled }: { settled?: string[] } = await boss.touch(QUEUE, claims);
      return new Set(settled ?? claims.map(({ id }) => id));
    },
    async complete(claims: Claim[]) {
      await boss.complete(QUEUE, claims);
    },
    /** Gives claims back: they are due again later and later. */
    async retry(claims: Claim[]) {
      await boss.fail(QUEUE, claims);
    },
    /** When a mail is next due, or null when nothing is left to do. */
    async dueAt(id: string): Promise<Date | null> {
      const [job] = await boss.findJobs(QUEUE, { id });
      return job && (job.state === "created" || job.state === "retry") ? job.startAfter : null;
    },
    /**
     * Calls back whenever any process on this database added a job. Where the database cannot tell
     * (a pooler that shares sessions), nobody calls, and looking now and then has to do.
     */
    async listen(wake: () => void): Promise<() => Promise<void>> {
      try {
        const handle = await boss.getDb().listen?.(CHANNEL, wake, wake);
        return async () => handle?.close();
      } catch (error) {
        onError(error);
        return async () => {};
      }
    },
    /** Opens a queue beside that of mails; its jobs are worked on a few at a time. */
    async openJobs<Data extends object>(
      name: string,
      policy: JobQueuePolicy,
    ): Promise<JobQueue<Data>> {
      await ensureQueue(boss, name, policy);
      return {
        async insert(tx, job) {
          await boss.insert(name, [job], { db: fromPrisma(tx) });
        },
        async work(handle) {
          const options = {
            includeMetadata: true,
            perJobResults: true,
            batchSize: TURN,
            pollingIntervalSeconds: 1,
          } as const;
          await boss.work<Data, unknown, typeof options>(name, options, (jobs) =>
            Promise.all(
              jobs.map(async ({ id, data, retryCount, retryLimit, signal }) => {
                const attemptsLeft = Math.max(0, retryLimit - retryCount);
                const done = await handle({ id, data, attemptsLeft, signal });
                return { id, status: done ? ("completed" as const) : ("failed" as const) };
              }),
            ),
          );
        },
      };
    },
    /** Runs `task` by a cron expression (UTC), each time in one process of all. */
    async schedule(name: string, cron: string, task: () => Promise<void>) {
      await boss.createQueue(name, { retryLimit: 0, deleteAfterSeconds: 3600 });
      await boss.schedule(name, cron);
      await boss.work(name, { pollingIntervalSeconds: 15 }, task);
    },
    close: () => boss.stop({ graceful: false, close: true }),
  };
}

/** Makes a queue, or gives the one that is there today's policy. */
async function ensureQueue(boss: PgBoss, name: string, policy: QueueOptions): Promise<void> {
  await boss.createQueue(name, policy);
  await boss.updateQueue(name, policy);
}

/** On the embedded database this process is the only one: what is active at its start has no worker. */
async function giveBackOrphans(boss: PgBoss): Promise<void> {
  const { rows } = await boss
    .getDb()
    .executeSql("SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'", [QUEUE]);
  const ids = rows.map((row) => String(row.id));
  if (ids.length > 0) await boss.fail(QUEUE, ids);
}
