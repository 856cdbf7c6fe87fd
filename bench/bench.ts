import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { whyNoPostgres } from "@rekey/tests/support/postgres.ts";
import { measurements } from "./measurements.ts";
import { describeRun } from "./support/machine.ts";
import type { Measurement } from "./support/measurement.ts";
import { chapter, report, table, updated } from "./support/report.ts";

const args = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    output: { type: "string" },
    update: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const say = (text: string) => process.stderr.write(`${text}\n`);
const names = measurements.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (values.help || unknown.length > 0) {
  for (const name of unknown) say(`There is no measurement ${name}.`);
  say(`pnpm bench [${names.join("|")}]… [--quick] [--output FILE|--update]`);
  process.exit(unknown.length > 0 ? 64 : 0);
}
const all = positionals.length === 0;
const chosen = measurements.filter(({ name }) => all || positionals.includes(name));
const why = chosen.every(({ withoutPostgres }) => withoutPostgres) ? null : await whyNoPostgres();
if (why !== null) {
  say(`The benchmark needs PostgreSQL: ${why}`);
  process.exit(69);
}

let running: AsyncDisposableStack | null = null;
/** Once it is interrupted: a promise to wait for in place of going on. */
let interruption: Promise<never> | null = null;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interruption ??= cleanUp();
  });
}

async function cleanUp(): Promise<never> {
  await running?.disposeAsync();
  process.exit(130);
}

async function run({ name, measure }: Measurement): Promise<string> {
  say(`── ${name}`);
  const begun = performance.now();
  await using stack = new AsyncDisposableStack();
  running = stack;
  try {
    const section = await measure({ stack, quick: values.quick, say: (text) => say(`   ${text}`) });
    const text = chapter(section);
    say(`${table(section.columns, section.rows)}\n`);
    return text;
  } catch (error) {
    process.exitCode = 1;
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return `## ${name}\n\nNot measured: ${error instanceof Error ? error.message : error}`;
  } finally {
    say(`   ${Math.round((performance.now() - begun) / 1000)} s`);
  }
}

const about = await describeRun(args);
const chapters: string[] = [];
for (const measurement of chosen) {
  chapters.push(await run(measurement));
  await interruption;
}

const results = join(import.meta.dirname, "RESULTS.md");
const text = values.update
  ? updated(readFileSync(results, "utf8"), about, chapters)
  : report(about, chapters);
const output = values.output ?? (values.update || (all && !values.quick) ? results : null);
if (output === null) process.stdout.write(text);
else writeFileSync(output, text);
