import type { SendCommand } from "../floors/raw-nodemailer.ts";
import type { Timing } from "../load/pace.ts";
import { figure, spread } from "../support/format.ts";
import { type Helper, startHelper } from "../support/helper.ts";
import { type Load, requestResets, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { accountsInTurn } from "../support/people.ts";
import { takeTurns } from "../support/rounds.ts";
import { sampleMail } from "../support/sample-mail.ts";
import type { Sink } from "../support/sink.ts";
import {
  createSite,
  type Engine,
  MAIL_CONNECTIONS,
  type RekeyProcess,
  type Site,
} from "../support/site.ts";
import { startSink } from "../support/start-sink.ts";
import { median, ratios } from "../support/statistics.ts";

interface Delivery {
  perSecond: number;
  /** Milliseconds from the worker's spawn to its first mail. */
  firstAfter: number;
}

export async function measureMails({ stack, quick, say }: Context): Promise<Section> {
  const sink = await startSink(stack);
  const load = await startLoad(stack);
  const raw = await startHelper<SendCommand, Timing>(stack, "floors/raw-nodemailer.ts");
  const rows = [
    await measureEngine("PostgreSQL", quick ? 1000 : 5000, quick ? 1 : 3),
    await measureEngine("PGlite", quick ? 300 : 1000, quick ? 1 : 3),
  ];
  return {
    title: "Mails a second from a backlog",
    floor: `raw nodemailer in a process of its own sending the same mail as often to the same sink over as many connections (${MAIL_CONNECTIONS}), in turns.`,
    columns: ["", "backlog", "mails/s", "raw nodemailer/s", "ratio", "first mail after start, ms"],
    rows,
    notes: [
      `The backlog is made by requestReset for known accounts while no worker runs; then one starts. Counted from its first mail to its last, as the sink (${sink.name}) takes them. Each mail is an account looked up, a link opened in a transaction, two tokens signed, a mail rendered, sent and recorded.`,
    ],
  };

  async function measureEngine(engine: Engine, backlog: number, rounds: number): Promise<string[]> {
    const site = await createSite(stack, {
      engine,
      smtpPort: sink.port,
      accounts: backlog * (rounds + 1),
    });
    const mail = await sampleMail(stack, site);
    const turn = accountsInTurn(site.accounts);
    const { deliveries, floors } = await takeTurns<"deliveries" | "floors", Delivery | Timing>(
      rounds,
      {
        deliveries: () => {
          say(`${engine}: ${backlog} mails`);
          return deliverBacklog({ site, sink, load, backlog, turn });
        },
        floors: () => sendRaw(raw, sink, mail, backlog),
      },
      { warmUp: false },
    );
    const rates = deliveries.map((one) => one.perSecond);
    const raws = floors.map((one) => one.perSecond);
    const first = deliveries.map((one) => ("firstAfter" in one ? one.firstAfter : Number.NaN));
    return [
      engine === "PostgreSQL" ? "PostgreSQL, a worker (and an idle api)" : "PGlite, all in one",
      figure(backlog),
      spread(rates),
      spread(raws),
      spread(ratios(rates, raws)),
      figure(median(first)),
    ];
  }
}

async function deliverBacklog({
  site,
  sink,
  load,
  backlog,
  turn,
}: {
  site: Site;
  sink: Sink;
  load: Load;
  backlog: number;
  turn: ReturnType<typeof accountsInTurn>;
}): Promise<Delivery> {
  const api = await site.start("api");
  await requestResets(load, api.url, turn, { concurrency: 16, count: backlog });
  const alone = site.engine === "PGlite";
  // The embedded database is one process's at a time.
  if (alone) await api.end();

  const before = sink.count();
  const spawned = performance.now();
  const first = sink.reached(before + 1);
  const last = sink.reached(before + backlog);
  const worker: RekeyProcess = await site.start(alone ? "all" : "worker");
  const [begun, done] = await Promise.all([first, last]);
  await worker.end();
  if (!alone) await api.end();
  return { perSecond: (backlog - 1) / ((done - begun) / 1000), firstAfter: begun - spawned };
}

async function sendRaw(
  raw: Helper<SendCommand, Timing>,
  sink: Sink,
  mail: SendCommand["mail"],
  count: number,
): Promise<Timing> {
  const before = sink.count();
  // Twice as many under way as connections, so that none of them ever waits for work.
  const pace = { concurrency: 2 * MAIL_CONNECTIONS, count };
  const timing = await raw.run({ port: sink.port, connections: MAIL_CONNECTIONS, pace, mail });
  await sink.reached(before + count);
  return timing;
}
