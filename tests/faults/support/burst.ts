import { setTimeout as sleep } from "node:timers/promises";

export interface Burst {
  /** Addresses asked for. */
  emails: string[];
  /** Addresses in the order of their acceptance. */
  accepted: string[];
  /** Requests made; more than were to be accepted where some had to be repeated. */
  tries: number;
  /** Answered with an error: not accepted. */
  refused: number;
  /** No answer: the connection broke, or was never made. */
  broken: number;
  /** Reasons and statuses of the refusals. */
  refusals: Set<string>;
  /** Milliseconds that an accepted request took. */
  median: number;
  seconds: number;
}

export interface BurstOptions {
  emails: string[];
  /** Base addresses of the API processes, asked in turn. */
  apis: string[];
  concurrency?: number;
  /** Whether a request that was not accepted is made again until it is. */
  insist?: boolean;
  /** Called after every acceptance with how many there were. */
  onAccepted?: (count: number) => void;
}

/** Milliseconds before a request is repeated, and in which it must succeed. */
const PAUSE = 250;
const PATIENCE = 180_000;
/** Milliseconds after which an answer is not waited for any more. */
const NO_ANSWER = 60_000;

/** Requests a reset for every address, so many at a time, each from the next API in turn. */
export async function requestResets(options: BurstOptions): Promise<Burst> {
  const { emails, apis, concurrency = 32, insist = true, onAccepted } = options;
  const queue = [...emails];
  const started = performance.now();
  const times: number[] = [];
  const burst: Burst = {
    emails,
    accepted: [],
    tries: 0,
    refused: 0,
    broken: 0,
    refusals: new Set(),
    median: 0,
    seconds: 0,
  };

  async function tryOnce(email: string): Promise<boolean> {
    const api = apis[burst.tries % apis.length];
    burst.tries += 1;
    const begun = performance.now();
    let answer: unknown;
    try {
      const response = await fetch(`${api}/trpc/requestReset`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email }),
        signal: AbortSignal.timeout(NO_ANSWER),
      });
      answer = await response.json();
    } catch {
      burst.broken += 1;
      return false;
    }
    const { result, error } = answer as {
      result?: { data?: { status?: string } };
      error?: { data?: { reason?: string; httpStatus?: number } };
    };
    if (result?.data?.status !== "accepted") {
      burst.refused += 1;
      burst.refusals.add(`${error?.data?.reason} ${error?.data?.httpStatus}`);
      return false;
    }
    times.push(performance.now() - begun);
    burst.accepted.push(email);
    onAccepted?.(burst.accepted.length);
    return true;
  }

  async function client(): Promise<void> {
    for (let email = queue.shift(); email !== undefined; email = queue.shift()) {
      const giveUpAt = performance.now() + PATIENCE;
      while (!(await tryOnce(email)) && insist) {
        if (performance.now() > giveUpAt) throw new Error(`${email} was never accepted`);
        await sleep(PAUSE);
      }
    }
  }

  await Promise.all(Array.from({ length: concurrency }, client));
  times.sort((a, b) => a - b);
  burst.median = times[Math.floor(times.length / 2)] ?? 0;
  burst.seconds = (performance.now() - started) / 1000;
  return burst;
}

/** Several bursts as if they were one. */
export function mergeBursts(bursts: Burst[]): Burst {
  const sum = (of: (burst: Burst) => number) => bursts.reduce((total, one) => total + of(one), 0);
  return {
    emails: bursts.flatMap(({ emails }) => emails),
    accepted: bursts.flatMap(({ accepted }) => accepted),
    tries: sum(({ tries }) => tries),
    refused: sum(({ refused }) => refused),
    broken: sum(({ broken }) => broken),
    refusals: new Set(bursts.flatMap(({ refusals }) => [...refusals])),
    median: bursts.map(({ median }) => median).sort((a, b) => a - b)[bursts.length >> 1] ?? 0,
    seconds: sum(({ seconds }) => seconds),
  };
}
