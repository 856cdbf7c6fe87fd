import pLimit from "p-limit";

/** Lets so many through at once and so many wait; whoever comes then is turned away. */
export interface Gate {
  /** Runs `work` when it is its turn; null when too many wait already. */
  enter<T>(work: () => Promise<T>): Promise<T> | null;
  status(): { inside: number; waiting: number };
}

export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  const inTurn = pLimit(atOnce);
  return {
    enter(work) {
      const full = inTurn.activeCount >= atOnce && inTurn.pendingCount >= waiting;
      return full ? null : inTurn(work);
    },
    status: () => ({ inside: inTurn.activeCount, waiting: inTurn.pendingCount }),
  };
}
