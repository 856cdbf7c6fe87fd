import type { Timing } from "../load/pace.ts";
import { latencies, spread } from "../support/format.ts";
import { startHelper } from "../support/helper.ts";
import { type Load, requestResets, shoot, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { type AccountsInTurn, accountsInTurn } from "../support/people.ts";
import { takeTurns } from "../support/rounds.ts";
import { settle } from "../support/settle.ts";
import { createSite, type Role, type Site } from "../support/site.ts";
import { startInsertFloor } from "../support/start-insert-floor.ts";
import { startSink } from "../support/start-sink.ts";
import { ratios } from "../support/statistics.ts";

interface Configuration {
  name: string;
  site: Site;
  roles: [Role, ...Role[]];
  env?: Record<string, string>;
  concurrencies: number[];
}

/** On, each request counts against a network of its own, so that all of them are accepted. */
const limitsOn = {
  RATE_LIMIT_PER_IP: "30",
  RATE_LIMIT_PER_EMAIL: "5",
  RESEND_COOLDOWN: "60",
  SIGN_IN_LIMIT: "10",
  TRUSTED_PROXIES: "1",
};

export async function measureRequests({ stack, quick, say }: Context): Promise<Section> {
  const seconds = quick ? 1 : 1.5;
  const roundsAt = (concurrency: number) => (quick ? 2 : concurrency === 16 ? 5 : 3);
  const concurrencies = [1, 16, 64];
  const sink = await startSink(stack);
  const load = await startLoad(stack);
  const site = await createSite(stack, {
    engine: "PostgreSQL",
    smtpPort: sink.port,
    accounts: 50_000,
  });
  const embedded = await createSite(stack, {
    engine: "PGlite",
    smtpPort: sink.port,
    accounts: 5000,
  });

  const rows: string[][] = [];
  const configurations: Configuration[] = [
    { name: "PostgreSQL, api, no worker beside", site, roles: ["api"], concurrencies },
    { name: "PostgreSQL, api + worker", site, roles: ["api", "worker"], concurrencies },
    { name: "PostgreSQL, all in one", site, roles: ["all"], concurrencies },
    {
      name: "PostgreSQL, api + worker, default limits",
      site,
      roles: ["api", "worker"],
      env: limitsOn,
      concurrencies: [16],
    },
    { name: "PGlite, all in one", site: embedded, roles: ["all"], concurrencies },
  ];
  for (const configuration of configurations) {
    rows.push(...(await measureConfiguration(configuration)));
  }
  const empty = await measureEmptyHandler(stack, load, { seconds, concurrencies });
  return {
    title: "requestReset: requests a second and the time each takes",
    floor:
      "the same number of single-row INSERTs at once, each committed, through the same driver (`pg`, a pool of 16 at most; PGlite in its process), in turns with the requests.",
    columns: ["", "at once", "requests/s", "INSERTs/s", "ratio", "p50 ms", "p90", "p99", "max"],
    rows: [...rows, ...empty],
    notes: [
      `Known accounts, one after the other, limits off but where said; rounds of ${seconds} s, ${roundsAt(16)} of them at 16 and ${roundsAt(1)} at 1 and 64. While requests come, the worker beside sends mails as fast as it can (sink: ${sink.name}); what is left of them is gone before the next round.`,
    ],
  };

  async function measureConfiguration(configuration: Configuration): Promise<string[][]> {
    const { name, site, roles, env } = configuration;
    const turn = accountsInTurn(site.accounts);
    await using own = stack.use(new AsyncDisposableStack());
    const floor = await startInsertFloor(own, site);
    const [front, ...others] = await Promise.all(roles.map((role) => site.start(role, env)));
    if (front === undefined) throw new Error("No process to ask");
    const rows: string[][] = [];
    for (const concurrency of configuration.concurrencies) {
      say(`${name}, ${concurrency} at once`);
      const pace = { concurrency, seconds };
      const { requests, inserts } = await takeTurns(roundsAt(concurrency), {
        requests: () => requestRound(front.url, site, turn, pace, env !== undefined),
        inserts: () => floor.run(pace),
      });
      rows.push([name, String(concurrency), ...figures(requests, inserts)]);
    }
    for (const process of [front, ...others]) await process.end();
    return rows;
  }

  async function requestRound(
    url: string,
    site: Site,
    turn: AccountsInTurn,
    pace: { concurrency: number; seconds: number },
    spreadNetworks: boolean,
  ): Promise<Timing> {
    const before = sink.count();
    const result = await requestResets(load, url, turn, pace, { spreadNetworks });
    await settle(site, sink, before + result.count);
    return result;
  }
}

function figures(requests: Timing[], inserts: Timing[]): string[] {
  const [rates, floors] = [requests, inserts].map((all) => all.map((one) => one.perSecond));
  return [
    spread(rates ?? []),
    spread(floors ?? []),
    spread(ratios(rates ?? [], floors ?? [])),
    ...latencies(requests),
  ];
}

/** What the load generator gets out of HTTP alone, for a reader who wonders where the time goes. */
async function measureEmptyHandler(
  stack: AsyncDisposableStack,
  load: Load,
  { seconds, concurrencies }: { seconds: number; concurrencies: number[] },
): Promise<string[][]> {
  const empty = await startHelper<object, { url: string }>(stack, "floors/empty-http.ts");
  const { url } = await empty.run({});
  const rows: string[][] = [];
  for (const concurrency of concurrencies) {
    const pace = { concurrency, seconds };
    const bodies = { firstAccount: 0, accounts: 1000 };
    const { requests } = await takeTurns(3, {
      requests: () => shoot(load, { url, path: "/empty", pace, bodies }),
    });
    const rates = requests.map((one) => one.perSecond);
    rows.push([
      "an empty Hono handler",
      String(concurrency),
      spread(rates),
      "",
      "",
      ...latencies(requests),
    ]);
  }
  await empty.end();
  return rows;
}
