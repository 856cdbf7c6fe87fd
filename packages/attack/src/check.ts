import type { Attacker } from "./attacker.ts";

/** One thing that must hold, and how to find out whether it does. */
export interface Check {
  /** Stable, for `--only` and for programs that read `--json`. */
  id: string;
  /** What must hold, as a sentence. */
  title: string;
  /** The requirements it serves, such as "ASVS 6.3.8". */
  standards: readonly string[];
  /** Where this was gone wrong before, when a public advisory says so. */
  advisories?: readonly string[];
  /** Begun first and awaited last, because it spends its time waiting. */
  waits?: true;
  /** Throws `Failure` where it does not hold, `Skip` where that cannot be found out. */
  run(attacker: Attacker): Promise<void>;
}

export type Verdict =
  /** `note` has what was measured, if anything was. */
  | { verdict: "holds"; note?: string }
  /** `why` says what was seen instead. */
  | { verdict: "FAILS"; why: string }
  /** `why` says what stood in the way, and what to do about it. */
  | { verdict: "skipped"; why: string };

export type CheckResult = Omit<Check, "run" | "waits"> & Verdict & { seconds: number };

/** It does not hold. */
export class Failure extends Error {}

/** It cannot be found out here. */
export class Skip extends Error {}

/** Throws `Failure` unless `holds`. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Failure(otherwise);
}

/** At most so much of something for one line of a report. */
export function brief(text: string, length = 120): string {
  const line = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
