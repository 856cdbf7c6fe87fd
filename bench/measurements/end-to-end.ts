import { setTimeout as delay } from "node:timers/promises";
import type { SendCommand } from "../floors/raw-nodemailer.ts";
import { type Timing, timed, timingOf } from "../load/pace.ts";
import { ask, type Client, openClient } from "../support/client.ts";
import { figure, latencies, spread } from "../support/format.ts";
import { startHelper } from "../support/helper.ts";
import type { Context, Section } from "../support/measurement.ts";
import { type AccountsInTurn, accountsInTurn, address } from "../support/people.ts";
import { type Recorder, startRecorder } from "../support/recorder.ts";
import { takeTurns } from "../support/rounds.ts";
import { sampleMail } from "../support/sample-mail.ts";
import { createSite, type Engine, type Role } from "../support/site.ts";
import { startInsertFloor } from "../support/start-insert-floor.ts";
import { ratios } from "../support/statistics.ts";

/** Requests a second of the steady stream. */
const RATE = 50;

export async function measureEndToEnd({ stack, quick, say }: Context): Promise<Section> {
  const [rounds, idleMails, seconds] = quick ? [2, 10, 3] : [4, 25, 6];
  const recorder = await startRecorder(stack);
  const raw = await startHelper<SendCommand, Timing>(stack, "floors/raw-nodemailer.ts");
  const rows = [
    ...(await measureSite("PostgreSQL", ["api", "worker"])),
    ...(await measureSite("PostgreSQL", ["all"])),
    ...(await measureSite("PGlite", ["all"])),
  ];
  return {
    title: "From the request to the mail's arrival",
    floor:
      "one INSERT and one mail through an open connection of raw nodemailer, one after the other, nothing else going on: the sum of their medians, in turns.",
    columns: ["", "", "p50 ms", "p90", "p99", "max", "floor p50 ms", "p50 ratio"],
    rows,
    notes: [
      `From sending the POST until the mail server has the whole mail. One at a time: the next ${PAUSE.join(" to ")} ms after the last arrived, ${rounds} rounds of ${idleMails}. Steady: ${RATE} a second for ${seconds} s, ${rounds} rounds, from when each was due.`,
    ],
  };

  async function measureSite(engine: Engine, roles: [Role, ...Role[]]): Promise<string[][]> {
    const name = `${engine}, ${roles.join(" + ")}`;
    await using own = stack.use(new AsyncDisposableStack());
    const site = await createSite(own, { engine, smtpPort: recorder.port, accounts: 5000 });
    const mail = await sampleMail(own, site);
    const floor = await startInsertFloor(own, site);
    const [front] = await Promise.all(roles.map((role) => site.start(role)));
    const client = openClient(own, front?.url ?? "");
    const turn = accountsInTurn(site.accounts);
    const once = { concurrency: 1, count: 100 };
    say(name);
    const turns = await takeTurns(rounds, {
      inserts: () => floor.run(once),
      sends: () => raw.run({ port: recorder.port, connections: 1, pace: once, mail }),
      idle: () => oneAtATime(client, recorder, turn, idleMails),
      steady: () =>
        timed({ rate: RATE, seconds }, async () => void (await arrival(client, recorder, turn))),
    });
    const floors = turns.inserts.map(({ p50 }, round) => p50 + (turns.sends[round]?.p50 ?? 0));
    const row = (what: string, timings: Timing[]) => [
      name,
      what,
      ...latencies(timings),
      spread(floors),
      spread(
        ratios(
          timings.map(({ p50 }) => p50),
          floors,
        ),
      ),
    ];
    return [row("one at a time", turns.idle), row(`${figure(RATE)} a second`, turns.steady)];
  }
}

/** So that requests come at any phase of whatever Rekey does at intervals, in milliseconds. */
const PAUSE = [20, 300] as const;

async function oneAtATime(
  client: Client,
  recorder: Recorder,
  turn: AccountsInTurn,
  count: number,
): Promise<Timing> {
  const latencies: number[] = [];
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) {
    latencies.push(await arrival(client, recorder, turn));
    await delay(PAUSE[0] + Math.random() * (PAUSE[1] - PAUSE[0]));
  }
  return timingOf(latencies, performance.now() - begun);
}

/** Milliseconds from the request to its mail. */
async function arrival(client: Client, recorder: Recorder, turn: AccountsInTurn): Promise<number> {
  const email = address(turn.take(1));
  const mail = recorder.next(email);
  const begun = performance.now();
  await ask(client, "requestReset", { email });
  return (await mail).at - begun;
}
