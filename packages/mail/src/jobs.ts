/** What a durable job is: its queue, the shape of its data, and how stubbornly it is tried. */
export interface JobDefinition<Data extends object> {
  name: string;
  schema: { parse(data: unknown): Data };
  /** Attempts after the first. */
  retryLimit: number;
  /** Longest wait between two attempts, in seconds. */
  retryDelayMax: number;
}

/** What came of one attempt. It is kept with the job, so it holds no secret. */
export type AttemptResult =
  | { status: "done"; result: object }
  /** It did not work this time; another attempt follows, later and later. */
  | { status: "retry"; reason: string };

export type JobHandler<Data> = (
  data: Data,
  job: { id: string; signal: AbortSignal },
) => Promise<AttemptResult>;
