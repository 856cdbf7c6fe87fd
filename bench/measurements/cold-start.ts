import { spread } from "../support/format.ts";
import { startHelper } from "../support/helper.ts";
import type { Context, Section } from "../support/measurement.ts";
import { takeTurns } from "../support/rounds.ts";
import { createSite, type Engine } from "../support/site.ts";
import { startSink } from "../support/start-sink.ts";
import { ratios } from "../support/statistics.ts";

export async function measureColdStart({ stack, quick, say }: Context): Promise<Section> {
  const sink = await startSink(stack);
  return {
    title: "Cold start",
    floor: "Node.js starting an empty Hono handler, in turns.",
    columns: ["ROLE=all", "spawn to ready, ms", "floor ms", "ratio"],
    rows: [
      ...(await measureEngine("PostgreSQL", quick ? 2 : 5)),
      ...(await measureEngine("PGlite", quick ? 1 : 3)),
    ],
    notes: [
      "From spawning the process until it printed that it is ready. The first start makes the database's schema, and on PGlite the database; the next find both.",
    ],
  };

  async function measureEngine(engine: Engine, rounds: number): Promise<string[][]> {
    say(engine);
    const { starts, empty } = await takeTurns(
      rounds,
      {
        starts: async () => {
          await using own = stack.use(new AsyncDisposableStack());
          const site = await createSite(own, { engine, smtpPort: sink.port, accounts: 0 });
          const first = await site.start("all");
          await first.end();
          const second = await site.start("all");
          await second.end();
          return [first.startedIn, second.startedIn];
        },
        empty: async () => {
          const helper = await startHelper(stack, "floors/empty-http.ts");
          await helper.end();
          return [helper.startedIn];
        },
      },
      { warmUp: false },
    );
    const floors = empty.map(([startedIn = Number.NaN]) => startedIn);
    return ["first start, no data", "second start, data there"].map((name, index) => {
      const times = starts.map((pair) => pair[index] ?? Number.NaN);
      return [`${engine}, ${name}`, spread(times), spread(floors), spread(ratios(times, floors))];
    });
  }
}
