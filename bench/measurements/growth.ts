import { ask, type Client, openClient } from "../support/client.ts";
import { figure, spread } from "../support/format.ts";
import { type Load, requestResets, shoot, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { type AccountsInTurn, accountsInTurn, address, PASSWORD } from "../support/people.ts";
import { prepareTokens } from "../support/prepare-tokens.ts";
import { type Recorder, startRecorder } from "../support/recorder.ts";
import { fillHistory } from "../support/rekey-tables.ts";
import { takeTurns } from "../support/rounds.ts";
import { settle } from "../support/settle.ts";
import { createSite, sqlOf } from "../support/site.ts";
import { ratios } from "../support/statistics.ts";

interface Round {
  requestsPerSecond: number;
  requestP50: number;
  requestP99: number;
  mailsPerSecond: number;
  signInP50: number;
  resetP50: number;
}

const figures: [keyof Round, string][] = [
  ["requestsPerSecond", "requestReset, 16 at once, a second"],
  ["requestP50", "requestReset, 16 at once, p50 ms"],
  ["requestP99", "requestReset, 16 at once, p99 ms"],
  ["mailsPerSecond", "mails a second, from the first of those requests to the last mail"],
  ["signInP50", "signIn, one at a time, p50 ms"],
  ["resetP50", "resetPassword, one at a time, p50 ms"],
];

export async function measureGrowth({ stack, quick, say }: Context): Promise<Section> {
  const [small, large] = quick ? [1000, 100_000] : [10_000, 1_000_000];
  const rounds = quick ? 2 : 5;
  const recorder = await startRecorder(stack);
  const load = await startLoad(stack);
  const few = await openSite(small);
  const many = await openSite(large);
  const turns = await takeTurns(rounds, { few: few.round, many: many.round });

  return {
    title: "Growth with the tables",
    floor: `the same on ${figure(small)} accounts, in turns.`,
    columns: ["", `${figure(small)} accounts`, `${figure(large)} accounts`, "ratio"],
    rows: figures.map(([name, title]) => {
      const [before, after] = [turns.few, turns.many].map((all) => all.map((one) => one[name]));
      return [
        title,
        spread(before ?? []),
        spread(after ?? []),
        spread(ratios(after ?? [], before ?? [])),
      ];
    }),
    notes: [
      `PostgreSQL, ROLE=all, ${rounds} rounds. For every account there is also a row of history in each table that grows: ${many.history}.`,
    ],
  };

  async function openSite(accounts: number) {
    say(`filling ${figure(accounts)} accounts`);
    const site = await createSite(stack, {
      engine: "PostgreSQL",
      smtpPort: recorder.port,
      accounts,
    });
    const rekey = await site.start("all");
    const client = openClient(stack, rekey.url);
    const turn = accountsInTurn(accounts);
    await ask(client, "signIn", { email: address(turn.take(1)), password: PASSWORD });
    await prepareTokens(client, recorder, turn, 1);
    await settle(site, recorder, 0);
    const added = await fillHistory(sqlOf(site));
    const history = Object.entries(added).map(([table, rows]) => `${table} ${figure(rows)}`);
    return {
      history: history.join(", "),
      round: async () => {
        say(`${figure(accounts)} accounts`);
        return oneRound({ load, client, recorder, turn, url: rekey.url });
      },
    };
  }
}

interface Ground {
  load: Load;
  client: Client;
  recorder: Recorder;
  turn: AccountsInTurn;
  url: string;
}

async function oneRound({ load, client, recorder, turn, url }: Ground): Promise<Round> {
  const before = recorder.count();
  const begun = performance.now();
  const burst = await requestResets(load, url, turn, { concurrency: 16, count: 600 });
  const done = await recorder.reached(before + burst.count);

  const tokens = await prepareTokens(client, recorder, turn, 15);
  const resets = await shoot(load, {
    url,
    path: "/trpc/resetPassword",
    pace: { concurrency: 1, count: tokens.length },
    bodies: { list: tokens.map((token) => ({ token, password: PASSWORD })) },
  });
  const people = Array.from({ length: 15 }, () => ({ email: address(turn.take(1)) }));
  const signIns = await shoot(load, {
    url,
    path: "/trpc/signIn",
    pace: { concurrency: 1, count: people.length },
    bodies: { list: people.map((person) => ({ ...person, password: PASSWORD })) },
  });
  return {
    requestsPerSecond: burst.perSecond,
    requestP50: burst.p50,
    requestP99: burst.p99,
    mailsPerSecond: burst.count / ((done - begun) / 1000),
    signInP50: signIns.p50,
    resetP50: resets.p50,
  };
}
