import { setTimeout as sleep } from "node:timers/promises";
import { type Burst, mergeBursts, requestResets } from "./burst.ts";
import type { SiteProcess } from "./site-process.ts";

/** Milliseconds from the beginning of one round to that of the next, at least. */
const ROUND = 1000;

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

export interface RoundsOptions {
  processes: readonly SiteProcess[];
  emails: string[];
  rounds: number;
  signal: "SIGKILL" | "SIGTERM";
}

/**
 * Requests a reset for every address, in as many shares as there are rounds. At a random instant of
 * each a random process gets the signal; it is started again as soon as it is gone, while the next
 * rounds go on. Resolves when all is accepted and every process is there again.
 */
export async function disturbInRounds({ processes, emails, rounds, signal }: RoundsOptions) {
  const apis = processes.filter(({ role }) => role !== "worker").map(({ url }) => url);
  const returning = new Map<SiteProcess, Promise<void>>();
  const ended: string[] = [];
  const codes: (number | null)[] = [];

  async function disturb() {
    const victim = pick(processes);
    ended.push(victim.name);
    if (signal === "SIGTERM") await returning.get(victim);
    // Killed while it is starting again, it is only started once more.
    const earlier = returning.get(victim)?.catch(() => {});
    const gone = victim.end(signal);
    const back = gone.then(() => earlier).then(() => victim.start());
    returning.set(victim, back);
    codes.push(await gone);
  }

  const bursts: Burst[] = [];
  const share = emails.length / rounds;
  for (let round = 0; round < rounds; round += 1) {
    const pace = sleep(ROUND);
    const instant = 1 + Math.floor(Math.random() * share);
    let disturbance: Promise<void> | null = null;
    const burst = await requestResets({
      emails: emails.slice(round * share, (round + 1) * share),
      apis,
      onAccepted(count) {
        if (count === instant) disturbance = disturb();
      },
    });
    bursts.push(burst);
    await disturbance;
    await pace;
  }
  await Promise.all(returning.values());
  return { burst: mergeBursts(bursts), ended, codes };
}
