import { Gauge, type Registry } from "prom-client";
import type { ReadinessCheck } from "./readiness.ts";

/** Whether this process can serve, as it is at the moment of a scrape. */
export function gaugeReadiness(
  registry: Registry,
  readiness: Pick<ReadinessCheck, "check" | "skewSeconds">,
  draining: () => boolean,
): void {
  const registers = [registry];
  new Gauge({
    name: "rekey_ready",
    help: "1 if this process can serve, as /readyz says, else 0.",
    registers,
    async collect() {
      const { ready } = await readiness.check();
      this.set(ready && !draining() ? 1 : 0);
    },
  });
  new Gauge({
    name: "rekey_database_up",
    help: "1 if the database answers this process and takes its writes, else 0.",
    registers,
    async collect() {
      const state = await readiness.check();
      this.set(!state.ready && (state.cause === "outage" || state.cause === "database") ? 0 : 1);
    },
  });
  new Gauge({
    name: "rekey_clock_skew_seconds",
    help: "Seconds that the database's clock is ahead of this host's; negative if it is behind.",
    registers,
    collect() {
      const seconds = readiness.skewSeconds();
      if (seconds === null) this.remove();
      else this.set(seconds);
    },
  });
}
