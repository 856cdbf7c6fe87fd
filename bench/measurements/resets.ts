import { type Pace, type Timing, timed } from "../load/pace.ts";
import { ask, type Client, openClient } from "../support/client.ts";
import { latencies, spread } from "../support/format.ts";
import { startHelper } from "../support/helper.ts";
import { type Load, shoot, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { argon2Prefix } from "../support/password-hash.ts";
import { type AccountsInTurn, accountsInTurn, address } from "../support/people.ts";
import { prepareTokens } from "../support/prepare-tokens.ts";
import { type Recorder, startRecorder, tokenIn } from "../support/recorder.ts";
import { storedHash } from "../support/rekey-tables.ts";
import { takeTurns } from "../support/rounds.ts";
import { createSite, type Engine, sqlOf } from "../support/site.ts";
import { ratios } from "../support/statistics.ts";

export async function measureResets({ stack, quick, say }: Context): Promise<Section> {
  const [rounds, count] = quick ? [2, 40] : [5, 120];
  const recorder = await startRecorder(stack);
  const load = await startLoad(stack);
  const floor = await startHelper<Pace, Timing>(stack, "floors/raw-argon2.ts");
  const rows: string[][] = [];
  await measureOnPostgres();
  await measureOnPglite();
  return {
    title: "Complete resets, and resetPassword alone",
    floor:
      "raw Argon2id with the same parameters (19 MiB, 2 passes, 1 lane), as many hashes at once, in turns. A reset takes one.",
    columns: ["", "at once", "resets/s", "hashes/s", "ratio", "p50 ms", "p90", "p99", "max"],
    rows,
    notes: [
      `${rounds} rounds of ${count}. Complete: requestReset, the mail, inspectResetToken and resetPassword, one after the other for each person. Every reset also ends the account's sessions and mails a notice, by the worker on the same cores; "no worker beside" leaves those mails for later.`,
    ],
  };

  async function measureOnPostgres() {
    const { site, client, turn, front, others } = await open("PostgreSQL", ["api", "worker"]);
    await row("PostgreSQL, complete", 4, () => complete(client, recorder, turn, 4, count));
    await row("PostgreSQL, complete", 16, () => complete(client, recorder, turn, 16, count));
    await checkHash(site, turn);
    await row("PostgreSQL, resetPassword", 4, async () => {
      const tokens = await prepareTokens(client, recorder, turn, count);
      return resetAll(load, front.url, tokens, 4);
    });

    const stock = await prepareTokens(client, recorder, turn, count * (rounds + 1));
    for (const other of others) await other.end();
    await row("PostgreSQL, resetPassword, no worker beside", 4, () =>
      resetAll(load, front.url, stock.splice(0, count), 4),
    );
    await front.end();
  }

  async function measureOnPglite() {
    const { client, turn, front } = await open("PGlite", ["all"]);
    await row("PGlite, complete", 4, () => complete(client, recorder, turn, 4, count));
    await row("PGlite, resetPassword", 4, async () => {
      const tokens = await prepareTokens(client, recorder, turn, count);
      return resetAll(load, front.url, tokens, 4);
    });
    await front.end();
  }

  async function open(engine: Engine, roles: ["all"] | ["api", "worker"]) {
    const site = await createSite(stack, { engine, smtpPort: recorder.port, accounts: 5000 });
    const [front, ...others] = await Promise.all(roles.map((role) => site.start(role)));
    if (front === undefined) throw new Error("No process to ask");
    const client = openClient(stack, front.url);
    return { site, front, others, client, turn: accountsInTurn(site.accounts) };
  }

  async function row(name: string, concurrency: number, resets: () => Promise<Timing>) {
    say(`${name}, ${concurrency} at once`);
    const turns = await takeTurns(rounds, {
      resets,
      hashes: () => floor.run({ concurrency, count }),
    });
    const rates = turns.resets.map(({ perSecond }) => perSecond);
    const floors = turns.hashes.map(({ perSecond }) => perSecond);
    const figures = [spread(rates), spread(floors), spread(ratios(rates, floors))];
    rows.push([name, String(concurrency), ...figures, ...latencies(turns.resets)]);
  }

  /** The floor is one only if both hash alike. */
  async function checkHash(site: Parameters<typeof sqlOf>[0], turn: AccountsInTurn) {
    const hash = await storedHash(sqlOf(site), address(turn.take(0) - 1));
    if (!hash.startsWith(argon2Prefix)) throw new Error("Rekey hashes with other parameters now");
  }
}

/** People who forgot their password and go all the way, so many at once. */
function complete(
  client: Client,
  recorder: Recorder,
  turn: AccountsInTurn,
  concurrency: number,
  count: number,
): Promise<Timing> {
  return timed({ concurrency, count }, async (index) => {
    const email = address(turn.take(1));
    const mail = recorder.next(email);
    await ask(client, "requestReset", { email });
    const token = await tokenIn(await mail);
    await ask(client, "inspectResetToken", { token });
    await ask(client, "resetPassword", { token, password: newPassword(index) });
  });
}

function resetAll(load: Load, url: string, tokens: string[], concurrency: number) {
  return shoot(load, {
    url,
    path: "/trpc/resetPassword",
    pace: { concurrency, count: tokens.length },
    bodies: { list: tokens.map((token, index) => ({ token, password: newPassword(index) })) },
  });
}

const newPassword = (index: number) => `Quiet+Lantern+over+${index}+hills`;
