import { useRef, useState } from "react";
import { type CallFailure, callFailure } from "./call-failure.ts";
import { explainRefusal, type Problem } from "./explain-refusal.ts";
import { usePageConfig } from "./page-config.ts";
import { useConnection } from "./use-connection.ts";

/** Words of a page's own for a failure; null leaves it to `explainRefusal`. */
export type Explain = (failure: CallFailure) => Problem[] | null;

/** Whether a call is on its way, or waits for a connection to be sent. */
export type Busy = boolean | "waiting";

/** Runs one call at a time, once there is a connection, and turns its failure into problems to show. */
export function useCall<Input>(send: (input: Input) => Promise<void>, explain?: Explain) {
  const pageConfig = usePageConfig();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);
  const { waiting, connected } = useConnection();
  const [bug, setBug] = useState<{ cause: unknown } | null>(null);
  const running = useRef(false);
  if (bug) throw bug.cause;

  /** Resolves to the problems met, none when all went well. A second call while one runs is dropped. */
  async function run(input: Input): Promise<Problem[]> {
    if (running.current) return [];
    running.current = true;
    setBusy(true);
    try {
      await connected();
      const met = await attempt(input);
      setProblems(met);
      return met;
    } catch (cause) {
      setBug({ cause });
      return [];
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  async function attempt(input: Input): Promise<Problem[]> {
    try {
      await send(input);
      return [];
    } catch (error) {
      const failure = callFailure(error);
      return explain?.(failure) ?? explainRefusal(failure, pageConfig);
    }
  }

  return { run, connected, busy: (waiting ? "waiting" : busy) as Busy, problems, setProblems };
}
