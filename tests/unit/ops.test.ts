import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEventObserver } from "@rekey/server/event-observer";
import { createMailObserver, gaugeMail } from "@rekey/server/mail-metrics";
import { createMetrics } from "@rekey/server/metrics";
import { createPasswordMetrics } from "@rekey/server/password-metrics";
import { gaugeReadiness } from "@rekey/server/readiness-metrics";
import { settingsSchema } from "@rekey/server/settings";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

const alerts = read("ops/prometheus/alerts.yml");
const runbooks = read("docs/operations.md").split("\n## Runbooks\n")[1]?.split("\n## ")[0] ?? "";
const dashboard: Dashboard = JSON.parse(read("ops/grafana/rekey.json"));

interface Dashboard {
  panels: Panel[];
  annotations: { list: { expr?: string }[] };
}

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  datasource?: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; datasource: { uid: string } }[];
}

/** ops/metrics.md as { name: { type, labels } }. */
const documented = new Map(
  [...read("ops/metrics.md").matchAll(/^\| `(\w+)` +\| (\w+) +\|([^|]*)\|/gm)].map(
    ([, name = "", type, labels = ""]) => [
      name,
      { type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label) },
    ],
  ),
);

/** What Prometheus itself adds. */
const everywhere = ["job", "instance", "le"];

/** Each rule of the file with its lines. */
const rules = alerts
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({ name: text.split("\n")[0] ?? "", text }));

const expressions = [
  ...rules.map(({ name, text }) => [`alert ${name}`, text.split("labels: {")[0] ?? ""] as const),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [`panel ${title}`, expr] as const),
  ),
  ...dashboard.annotations.list.map(({ expr = "" }) => ["annotation", expr] as const),
];

test.each(expressions)("%s asks only for documented metrics and labels", (_where, expression) => {
  const metric = /\b((?:rekey|http|process|nodejs)_\w+)(?:\{([^}]*)\})?/g;
  for (const [, written = "", matchers = ""] of expression.matchAll(metric)) {
    const name = documented.has(written) ? written : written.replace(/_(bucket|sum|count)$/, "");
    expect(documented.get(name), written).toBeDefined();
    if (name !== written) expect(documented.get(name)?.type, written).toBe("histogram");
    const labels = [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label);
    const known = [...(documented.get(name)?.labels ?? []), ...everywhere];
    expect(
      labels.filter((label) => !known.includes(label)),
      written,
    ).toEqual([]);
  }
});

test("what the server measures is documented, with its type, and nothing else is", () => {
  const { registry } = createMetrics(() => true);
  createMailObserver(registry);
  createPasswordMetrics(registry, []);
  gaugeReadiness(
    registry,
    { check: async () => ({ ready: true }), skewSeconds: () => 0 },
    () => false,
  );
  createEventObserver(registry, { warn() {}, error() {} });
  gaugeMail(registry, {
    reports: { waiting: async () => [], suppressed: async () => 0 },
    status: () => ({
      circuit: { state: "closed", since: null, reason: null },
      connections: { busy: 0, max: 1 },
    }),
  });
  const ours = registry
    .getMetricsAsArray()
    .filter(({ name }) => documented.has(name) || /^(rekey|http)_/.test(name));
  expect(ours.length).toBeGreaterThan(10);
  for (const { name, type } of ours) {
    expect([name, documented.get(name)?.type]).toEqual([name, type]);
  }
  const names = ours.map(({ name }) => name);
  expect([...documented.keys()].filter((name) => !names.includes(name))).toEqual([]);
});

test("every alert has a runbook, and every runbook an alert", () => {
  const headings = [...runbooks.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(rules.map(({ name }) => name));
});

test.each(rules)("alert $name says how bad, what, and where to read on", ({ name, text }) => {
  expect(text).toMatch(/^ {8}labels: \{ severity: (critical|warning) \}$/m);
  expect(text).toMatch(/^ {10}summary: \S/m);
  expect(text).toMatch(/^ {10}description: \S/m);
  expect(text).toContain(`runbook_url: docs/operations.md#${name.toLowerCase()}\n`);
});

test("the dashboard's panels have their own ids and places, words, and the chosen datasource", () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  for (const { type, title, description, datasource, targets = [] } of panels) {
    if (type === "row") continue;
    expect([title, description?.endsWith(".")]).toEqual([title, true]);
    const sources = [datasource, ...targets.map((target) => target.datasource)];
    expect(sources.map((source) => source?.uid)).toEqual(sources.map(() => "$" + "{datasource}"));
  }
});

test("the containers get settings that exist, the pinned pnpm and Node's options", () => {
  const given = [...read("ops/rekey.env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key);
  const known = [...Object.keys(settingsSchema.shape), "POSTGRES_PASSWORD"];
  expect(given.filter((key) => key && !known.includes(key))).toEqual([]);
  const { packageManager } = JSON.parse(read("package.json"));
  const nodeOptions: string[] = JSON.parse(read("apps/server/node-options.json"));
  const dockerfile = read("Dockerfile");
  expect(dockerfile).toContain(`npm install --global ${packageManager}\n`);
  const command = ["node", ...nodeOptions, "apps/server/dist/main.js"];
  expect(JSON.parse(dockerfile.match(/^CMD (.*)$/m)?.[1] ?? "")).toEqual(command);
});
