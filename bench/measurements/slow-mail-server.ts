import { figure, latencies, spread } from "../support/format.ts";
import { requestResets, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { accountsInTurn } from "../support/people.ts";
import { takeTurns } from "../support/rounds.ts";
import { settle } from "../support/settle.ts";
import { createSite } from "../support/site.ts";
import { startSink } from "../support/start-sink.ts";
import { median, ratios } from "../support/statistics.ts";

/** Requests a second: well below what the server can do, so that the wait is its own and not a queue's. */
const RATE = 100;
/** How long the slow server takes to answer, in seconds. */
const DELAY = 1;

/** Two servers of the same make, each with a mail server of its own; requests go to them in turns. */
export async function measureSlowMailServer({ stack, quick, say }: Context): Promise<Section> {
  const [rounds, seconds] = quick ? [3, 3] : [7, 5];
  const load = await startLoad(stack);

  async function startPair(delay: number) {
    const sink = await startSink(stack, delay);
    const site = await createSite(stack, {
      engine: "PostgreSQL",
      smtpPort: sink.port,
      accounts: 10_000,
    });
    const turn = accountsInTurn(site.accounts);
    const rekey = await site.start("all");
    return async () => {
      say(`mail server that answers ${delay === 0 ? "at once" : `after ${delay} s`}`);
      const result = await requestResets(load, rekey.url, turn, { rate: RATE, seconds });
      await settle(site, sink, 0);
      return result;
    };
  }

  const prompt = await startPair(0);
  const slow = await startPair(DELAY);
  const again = await takeTurns(rounds, { prompt, slow });
  const [promptP99, slowP99] = [again.prompt, again.slow].map((all) => all.map(({ p99 }) => p99));
  const row = (name: string, all: typeof again.prompt, ratio: string) => [
    name,
    ...latencies(all),
    spread(all.map(({ p99 }) => p99)),
    ratio,
  ];
  return {
    title: "requestReset while the mail server is slow",
    floor: "the same server with a mail server that answers at once, in turns.",
    columns: ["mail server answers", "p50 ms", "p90", "p99", "max", "p99 by round", "p99 ratio"],
    rows: [
      row("at once", again.prompt, "1"),
      row(`after ${DELAY} s`, again.slow, spread(ratios(slowP99 ?? [], promptP99 ?? []))),
    ],
    notes: [
      `${RATE} requests a second for ${seconds} s a round, ${rounds} rounds, PostgreSQL, ROLE=all: the process that answers is the one that waits for the mail server. Timed from when a request was due. The noise to compare with is the spread of the first row: its highest p99 is ${figure(Math.max(...(promptP99 ?? [])) / median(promptP99 ?? []))} times its median.`,
    ],
  };
}
