import type { OutboxObserver } from "@rekey/outbox/observer";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Reports } from "@rekey/outbox/reports";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Counts what this process's worker does, and tells when it stops sending and when it goes on. */
export function createMailObserver(
  registry: Registry,
  onCircuit: OutboxObserver["circuit"] = () => {},
  onEnded: OutboxObserver["ended"] = () => {},
): OutboxObserver {
  const registers = [registry];
  const sends = new Counter({
    name: "rekey_mail_sends_total",
    help: "Attempts that ended deferred, and mails that came to an end, by kind and outcome.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const conversation = new Histogram({
    name: "rekey_mail_send_duration_seconds",
    help: "Time of one SMTP conversation, by outcome.",
    labelNames: ["outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const delivery = new Histogram({
    name: "rekey_mail_delivery_seconds",
    help: "Time from accepting a mail to the mail server's taking it, by kind.",
    labelNames: ["kind"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 3600],
    registers,
  });
  const refusals = new Counter({
    name: "rekey_mail_refusals_total",
    help: "Attempts that the mail server put off or refused for now, by what it has against them.",
    labelNames: ["cause"],
    registers,
  });
  const overBudget = new Counter({
    name: "rekey_mail_over_budget_total",
    help: "Times a mail was put off because MAIL_BUDGET_PER_HOUR is used up.",
    registers,
  });
  return {
    overBudget: () => overBudget.inc(),
    circuit: onCircuit,
    attempted({ kind, outcome, cause, seconds }) {
      conversation.observe({ outcome }, seconds);
      if (cause !== null) refusals.inc({ cause });
      if (outcome === "deferred") sends.inc({ kind, outcome });
    },
    ended(event) {
      const { kind, state, seconds } = event;
      onEnded(event);
      sends.inc({ kind, outcome: state });
      if (state === "sent") delivery.observe({ kind }, seconds);
    },
  };
}

const CIRCUIT = { closed: 0, "half-open": 1, open: 2 };

/** Gauges, read at scrape time: the queue as the database knows it, the rest of this process. */
export function gaugeMail(
  registry: Registry,
  {
    reports,
    status,
  }: {
    reports: Pick<Reports, "waiting"> & { suppressed: () => Promise<number> };
    status: Outbox["status"];
  },
): void {
  const registers = [registry];
  const waiting = shared(() => reports.waiting().catch(unknown));
  new Gauge({
    name: "rekey_mail_queue_oldest_age_seconds",
    help: "Age of the oldest mail that is not finished, by kind. The same in every process.",
    labelNames: ["kind"],
    registers,
    async collect() {
      const groups = await waiting();
      this.reset();
      const ages = new Map<string, number>();
      for (const { kind, oldestSeconds } of groups ?? []) {
        ages.set(kind, Math.max(ages.get(kind) ?? 0, oldestSeconds));
      }
      for (const [kind, age] of ages) this.set({ kind }, age);
    },
  });
  new Gauge({
    name: "rekey_mail_queue_depth",
    help: "Mails that are not finished, by kind and state. The same in every process.",
    labelNames: ["kind", "state"],
    registers,
    async collect() {
      const groups = await waiting();
      this.reset();
      for (const { kind, state, count } of groups ?? []) this.set({ kind, state }, count);
    },
  });
  new Gauge({
    name: "rekey_mail_suppressions",
    help: "Addresses that are not mailed. The same in every process.",
    registers,
    async collect() {
      const count = await reports.suppressed().catch(unknown);
      if (count === null) this.remove();
      else this.set(count);
    },
  });
  new Gauge({
    name: "rekey_smtp_circuit_state",
    help: "0 closed, 1 half-open (probing), 2 open (nothing is sent), of this process.",
    registers,
    collect() {
      this.set(CIRCUIT[status().circuit.state]);
    },
  });
  new Gauge({
    name: "rekey_smtp_connections",
    help: "SMTP connections of this process: busy with a mail, and at most.",
    labelNames: ["state"],
    registers,
    collect() {
      const { busy, max } = status().connections;
      this.set({ state: "busy" }, busy);
      this.set({ state: "max" }, max);
    },
  });
}

/** While the database is away its figures are not there; the process still tells its own. `/readyz` says why. */
const unknown = () => null;

/** Callers at the same time share one run. */
function shared<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}
