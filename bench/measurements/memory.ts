import { setTimeout as delay } from "node:timers/promises";
import { figure } from "../support/format.ts";
import { startHelper } from "../support/helper.ts";
import { requestResets, shoot, startLoad } from "../support/load.ts";
import type { Context, Section } from "../support/measurement.ts";
import { accountsInTurn } from "../support/people.ts";
import { memoryOf } from "../support/process-memory.ts";
import { createSite, type Engine, type Role } from "../support/site.ts";
import { startSink } from "../support/start-sink.ts";

/** After a start or a load this long before memory is read, in milliseconds. */
const REST = 3000;

export async function measureMemory({ stack, quick, say }: Context): Promise<Section> {
  const count = quick ? 500 : 3000;
  const embeddedCount = quick ? 200 : 1000;
  const sink = await startSink(stack);
  const load = await startLoad(stack);
  const floor = await measureEmptyHandler();
  const row = (name: string, requests: number, { idle, after, peak }: typeof floor) => [
    name,
    figure(requests),
    figure(idle),
    figure(after),
    figure(peak),
    figure(idle / floor.idle),
    figure(after / floor.after),
  ];
  return {
    title: "Memory",
    floor: "an empty Hono handler, which is Node.js and the HTTP host, after as many requests.",
    columns: [
      "process",
      "requests",
      "idle MiB",
      "after MiB",
      "peak MiB",
      "idle ratio",
      "after ratio",
    ],
    rows: [
      row("an empty Hono handler", count, floor),
      ...(await measureProcesses("PostgreSQL", ["api", "worker"], count)),
      ...(await measureProcesses("PostgreSQL", ["all"], count)),
      ...(await measureProcesses("PGlite", ["all"], embeddedCount)),
    ],
    notes: [
      `Resident memory of each process: ${REST / 1000} s after it was ready, then ${REST / 1000} s after requestReset for known accounts, 16 at once, with all their mails sent, and at its highest. PGlite is a database in the same process.`,
    ],
  };

  async function measureEmptyHandler() {
    const empty = await startHelper<object, { url: string }>(stack, "floors/empty-http.ts");
    const { url } = await empty.run({});
    const pace = { concurrency: 16, count };
    const bodies = { firstAccount: 0, accounts: 1000 };
    const measured = await idleAndAfter([empty.pid], async () => {
      await shoot(load, { url, path: "/empty", pace, bodies });
    });
    await empty.end();
    return { idle: 0, after: 0, peak: 0, ...measured[0] };
  }

  async function measureProcesses(engine: Engine, roles: Role[], requests: number) {
    say(`${engine}, ${roles.join(" + ")}`);
    const site = await createSite(stack, { engine, smtpPort: sink.port, accounts: 5000 });
    const processes = await Promise.all(roles.map((role) => site.start(role)));
    const turn = accountsInTurn(site.accounts);
    const before = sink.count();
    const measured = await idleAndAfter(
      processes.map(({ pid }) => pid),
      async () => {
        const pace = { concurrency: 16, count: requests };
        await requestResets(load, processes[0]?.url ?? "", turn, pace);
        await sink.reached(before + requests);
      },
    );
    for (const process of processes) await process.end();
    return measured.map((figures, index) => row(`${engine}, ${roles[index]}`, requests, figures));
  }
}

async function idleAndAfter(pids: number[], work: () => Promise<void>) {
  await delay(REST);
  const idle = pids.map((pid) => memoryOf(pid).now);
  await work();
  await delay(REST);
  return pids.map((pid, index) => {
    const { now, peak } = memoryOf(pid);
    return { idle: idle[index] ?? Number.NaN, after: now, peak };
  });
}
