/** Concurrency limit with a bounded queue; whoever comes then is turned away. */
export interface Gate {
  /**
   * Runs `work` when it is its turn; null when too many wait already, or too many of one of `callers`.
   * The first of them names who it is in the queue: each of those has a turn before any has another.
   */
  enter<T>(callers: readonly string[], work: () => Promise<T>): Promise<T> | null;
  status(): { inside: number; waiting: number };
}

export interface GateOptions {
  atOnce: number;
  waiting: number;
  /** Inside and waiting, of one caller. */
  perCaller: number;
}

export function createGate({ atOnce, waiting, perCaller }: GateOptions): Gate {
  /** Who waits, in the order of their turns, and what they wait with. */
  const queues = new Map<string, (() => void)[]>();
  const ofCaller = new Map<string, number>();
  let inside = 0;
  let queued = 0;

  function next() {
    const [first] = queues;
    if (inside >= atOnce || first === undefined) return;
    const [caller, [begin, ...others]] = first;
    queues.delete(caller);
    if (others.length > 0) queues.set(caller, others);
    queued -= 1;
    inside += 1;
    begin?.();
  }

  function count(callers: readonly string[], by: 1 | -1) {
    for (const caller of callers) {
      const total = (ofCaller.get(caller) ?? 0) + by;
      if (total === 0) ofCaller.delete(caller);
      else ofCaller.set(caller, total);
    }
  }

  function turn(caller: string): Promise<void> {
    return new Promise((begin) => {
      const queue = queues.get(caller);
      if (queue) queue.push(begin);
      else queues.set(caller, [begin]);
      queued += 1;
      next();
    });
  }

  async function run<T>(callers: readonly string[], work: () => Promise<T>): Promise<T> {
    count(callers, 1);
    await turn(callers[0] ?? "");
    try {
      return await work();
    } finally {
      inside -= 1;
      count(callers, -1);
      next();
    }
  }

  return {
    enter(callers, work) {
      const full = inside >= atOnce && queued >= waiting;
      const tooMany = callers.some((caller) => (ofCaller.get(caller) ?? 0) >= perCaller);
      return full || tooMany ? null : run(callers, work);
    },
    status: () => ({ inside, waiting: queued }),
  };
}
