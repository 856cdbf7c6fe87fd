import {
  fromPglite,
  fromPrisma,
  type Job,
  type JobResult,
  type PGliteLike,
  PgBoss,
  type PrismaTransactionLike,
  type QueueOptions,
} from "pg-boss";
import type { JobDefinition, JobHandler } from "./jobs.ts";

export interface QueueConfig {
  source: { engine: "postgres"; url: string } | { engine: "pglite"; pglite: PGliteLike };
  jobs: readonly Pick<JobDefinition<object>, "name" | "retryLimit" | "retryDelayMax">[];
  /** Whether this process works on the jobs, and so looks after those of processes that died. */
  works: boolean;
  /** Told of every unexpected failure; expected ones are attempts with a result. */
  onError: (error: unknown, jobName: string | null) => void;
}

/** A job whose worker gave no sign of life for this long goes to another, in seconds. */
const HEARTBEAT = 10;
/** How often dead workers' jobs are looked for, in seconds. */
const WATCH = 2;

const policy: QueueOptions = {
  heartbeatSeconds: HEARTBEAT,
  /** An attempt that takes longer is given up. */
  expireInSeconds: 120,
  /** How long finished jobs stay for an operator to look at. */
  deleteAfterSeconds: 7 * 24 * 3600,
  retryDelay: 1,
  retryBackoff: true,
};

export type Queue = Awaited<ReturnType<typeof openQueue>>;

/**
 * A durable queue in the application's own database. What was enqueued survives any crash and is
 * tried until its handler says "done" or its retries are used up. Delivery is at least once: a
 * handler must bear being run again with the same id.
 */
export async function openQueue({ source, jobs, works, onError }: QueueConfig) {
  const boss = new PgBoss({
    ...(source.engine === "postgres"
      ? { connectionString: source.url, application_name: "rekey-queue" }
      : { db: fromPglite(source.pglite), backend: "pglite" as const }),
    schedule: false,
    supervise: works,
    superviseIntervalSeconds: WATCH,
    monitorIntervalSeconds: WATCH,
    useListenNotify: works,
    registerInstance: false,
  });
  boss.on("error", (error) => onError(error, null));
  await boss.start();
  for (const { name, retryLimit, retryDelayMax } of jobs) {
    const options = { ...policy, retryLimit, retryDelayMax, notify: true };
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
    if (works && source.engine === "pglite") await giveBackOrphans(boss, name);
  }

  return {
    /** Resolves once the job is committed: from then on no crash loses it. `id` is a UUID. */
    async enqueue<Data extends object>(job: JobDefinition<Data>, id: string, data: Data) {
      await boss.send(job.name, data, { id });
    },

    /** Enqueues inside a transaction: the job exists exactly if the transaction commits. */
    async enqueueIn<Data extends object>(
      tx: PrismaTransactionLike,
      job: JobDefinition<Data>,
      id: string,
      data: Data,
    ) {
      await boss.send(job.name, data, { id, db: fromPrisma(tx) });
    },

    /** Starts working on one kind of job, at most `concurrency` at a time in this process. */
    async work<Data extends object>(
      job: JobDefinition<Data>,
      concurrency: number,
      handler: JobHandler<Data>,
    ) {
      const attempt = async ({ id, data, signal }: Job<object>): Promise<JobResult<object>> => {
        try {
          const outcome = await handler(job.schema.parse(data), { id, signal });
          return outcome.status === "done"
            ? { id, status: "completed", output: outcome.result }
            : { id, status: "failed", output: { reason: outcome.reason } };
        } catch (error) {
          onError(error, job.name);
          const reason = error instanceof Error ? error.message : String(error);
          return { id, status: "failed", output: { reason } };
        }
      };
      await boss.work(
        job.name,
        {
          perJobResults: true,
          batchSize: concurrency,
          burstWhenBatchFull: concurrency > 1,
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 2,
        },
        (batch: Job<object>[]) => Promise.all(batch.map(attempt)),
      );
    },

    /**
     * Takes no more jobs, waits at most `timeout` milliseconds for those in hand, gives the rest
     * back, and closes.
     */
    async stop(timeout: number) {
      await boss.stop({ graceful: true, timeout, close: true });
    },
  };
}

/** On the embedded database this process is the only one: what is active at its start has no worker. */
async function giveBackOrphans(boss: PgBoss, name: string): Promise<void> {
  const { rows } = await boss
    .getDb()
    .executeSql("SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'", [name]);
  const ids = rows.map((row) => String(row.id));
  if (ids.length > 0) await boss.fail(name, ids, { reason: "The process that worked on it died" });
}
