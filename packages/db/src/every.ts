import type { Sql } from "./sql.ts";

const TAKE_TURN = `
  INSERT INTO task (name, due_at) VALUES ($1, now() + $2 * interval '1 second')
  ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at WHERE task.due_at <= now()
  RETURNING name`;

export interface PeriodicTask {
  /** The same in all processes. */
  name: string;
  seconds: number;
  run: () => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Runs a task every so many seconds, each time in one of all the processes on this database: the one
 * whose update finds it due. Returns how to stop; what is under way then still ends.
 */
export function every(sql: Sql, { name, seconds, run, onError }: PeriodicTask): () => void {
  async function look() {
    try {
      const { rows } = await sql.query(TAKE_TURN, [name, seconds]);
      if (rows.length > 0) await run();
    } catch (error) {
      onError(error);
    }
  }
  // More often than it is due, so that another process's turn does not make it late by a whole round.
  const timer = setInterval(look, Math.min(seconds * 500, 15_000)).unref();
  void look();
  return () => clearInterval(timer);
}
