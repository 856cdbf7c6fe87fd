import type { Waiting } from "@rekey/outbox/reports";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { gaugeMail } from "./mail-metrics.ts";

const status = () =>
  ({
    circuit: { state: "open", since: "2026-11-24T00:00:00.000Z", reason: "down" },
    connections: { busy: 1, max: 10 },
  }) as const;

function scrape(reports: Parameters<typeof gaugeMail>[1]["reports"]) {
  const registry = new Registry();
  gaugeMail(registry, { reports, status });
  return registry.metrics();
}

const group = (state: Waiting["state"], oldestSeconds: number): Waiting => {
  return { kind: "reset-password", state, count: 2, oldestSeconds };
};

test("the first scrape tells depth and age, from one look at the queue", async () => {
  let looks = 0;
  const text = await scrape({
    async waiting() {
      looks += 1;
      return [group("queued", 3), group("deferred", 40)];
    },
    suppressed: async () => 7,
  });
  expect(text).toContain('rekey_mail_queue_depth{kind="reset-password",state="queued"} 2\n');
  expect(text).toContain('rekey_mail_queue_oldest_age_seconds{kind="reset-password"} 40\n');
  expect(text).toContain("rekey_mail_suppressions 7\n");
  expect(looks).toBe(1);
});

test("while the database is away, what this process knows itself is still told", async () => {
  const away = () => Promise.reject(new Error("the database is away"));
  const text = await scrape({ waiting: away, suppressed: away });
  expect(text).toContain("rekey_smtp_circuit_state 2\n");
  expect(text).not.toMatch(/^rekey_mail_queue/m);
  expect(text).not.toMatch(/^rekey_mail_suppressions/m);
});
