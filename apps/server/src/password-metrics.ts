import type { BreachVerdict } from "@rekey/accounts/breached-passwords";
import { Counter, Gauge, type Registry } from "prom-client";
import type { Gate } from "./gate.ts";

/** What hashing and the check against breached passwords are at, in this process. */
export function createPasswordMetrics(registry: Registry, gates: Pick<Gate, "status">[]) {
  const registers = [registry];
  new Gauge({
    name: "rekey_password_calls",
    help: "Calls that hash a password: inside, and waiting for their turn.",
    labelNames: ["state"],
    registers,
    collect() {
      const all = gates.map((gate) => gate.status());
      this.set({ state: "inside" }, sum(all.map(({ inside }) => inside)));
      this.set({ state: "waiting" }, sum(all.map(({ waiting }) => waiting)));
    },
  });
  const checks = new Counter({
    name: "rekey_breach_checks_total",
    help: "New passwords looked up among breached ones, by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  return {
    observeBreachCheck: (outcome: BreachVerdict) => checks.inc({ outcome }),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
