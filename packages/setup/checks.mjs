// The checks, one by one, and one total from the runners' own reports.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { audit } from "./audit.mjs";
import { ensureBrowser } from "./browser.mjs";
import { root, run, toolEnv } from "./toolchain.mjs";

const reports = mkdtempSync(join(tmpdir(), "rekey-reports-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const explanations = [];
/** Every test and how long it took, in milliseconds. */
const durations = [];

function succeeds(title, command, args, env) {
  process.stdout.write(`\n── ${title} ──\n`);
  return run(command, args, env) === 0;
}

function count({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** A check without tests of its own counts as one. */
function check(title, command, args) {
  const ok = succeeds(title, command, args);
  count({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

/** A runner whose report says how many; one that left no report, or failed beyond its tests, failed once. */
function suite(title, command, args, env, file, read) {
  const ok = succeeds(title, command, args, env);
  if (!existsSync(file)) return count({ passed: 0, failed: 1, skipped: 0 });
  const result = read(JSON.parse(readFileSync(file, "utf8")));
  count(!ok && result.failed === 0 ? { ...result, failed: 1 } : result);
}

export function types() {
  check("types", "turbo", ["run", "typecheck", "--output-logs=errors-only"]);
}

export function lint() {
  check("lint and format", "biome", ["check", "."]);
}

export function licences() {
  check("licences", "node", ["packages/setup/licences.mjs"]);
}

/** Runs projects of tests/vitest.config.ts. */
export function vitest(title, projects, env = {}) {
  const file = join(reports, `${projects.join("-")}.json`);
  const args = ["run", "--config", "tests/vitest.config.ts"];
  const chosen = projects.map((project) => `--project=${project}`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  suite(title, "vitest", [...args, ...chosen, ...reporters], env, file, (report) => {
    for (const { title, meta } of report.testResults.flatMap((one) => one.assertionResults)) {
      if (meta.skipped) explanations.push(`"${title}": ${meta.skipped}`);
    }
    for (const { name, assertionResults } of report.testResults) {
      for (const { fullName, duration = 0 } of assertionResults) {
        durations.push({ name: `${relative(root, name)}: ${fullName}`, duration });
      }
    }
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

/** What needs a browser: skipped where there is none, but not in CI. */
export function browsers() {
  const browser = ensureBrowser();
  if (browser === null) {
    explanations.push("browser tests: no Chromium; install one (Debian: apt-get install chromium)");
    return count({ passed: 0, failed: process.env.CI ? 1 : 0, skipped: 1 });
  }
  playwright(browser);
  vitest("Lighthouse", ["lighthouse"], { CHROMIUM: browser });
}

function playwright(browser) {
  const file = join(reports, "playwright.json");
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const args = ["test", "--config", "tests/playwright.config.ts", "--reporter=list,json"];
  const command = join(root, "tests/node_modules/.bin/playwright");
  suite("browser", command, args, env, file, ({ stats, suites }) => {
    timeSpecs(suites);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    };
  });
}

function timeSpecs(suites = []) {
  for (const { file, specs = [], suites: nested } of suites) {
    for (const { title, tests } of specs) {
      const duration = tests
        .flatMap(({ results }) => results)
        .reduce((sum, one) => sum + one.duration, 0);
      durations.push({ name: `tests/e2e/${file}: ${title}`, duration });
    }
    timeSpecs(nested);
  }
}

/** Says why tests on PostgreSQL are going to be skipped, if they are. */
export function explainPostgres() {
  const probe = spawnSync("node", ["tests/support/postgres-answers.ts"], {
    cwd: root,
    env: toolEnv,
    encoding: "utf8",
  });
  if (probe.status !== 0) explanations.push(`PostgreSQL tests: ${probe.stdout.trim()}`);
}

/** Where the registry answers no such question, nothing is known: skipped, not failed. */
export function vulnerabilities() {
  process.stdout.write("\n── known vulnerabilities ──\n");
  const { clean, report, why } = audit();
  if (clean === null) explanations.push(`known vulnerabilities: ${why}`);
  else if (!clean) process.stdout.write(`${report}\n`);
  const [passed, failed, skipped] = [clean === true, clean === false, clean === null].map(Number);
  count({ passed, failed, skipped });
}

/** With SLOWEST=20 in the environment: the twenty tests that took the longest. */
function printSlowest() {
  const count = Number(process.env.SLOWEST) || 0;
  const slowest = durations.sort((a, b) => b.duration - a.duration).slice(0, count);
  for (const { name, duration } of slowest) {
    process.stdout.write(`${(duration / 1000).toFixed(1).padStart(6)} s  ${name}\n`);
  }
}

/** Prints the total and why anything was skipped; the exit code is 1 when something failed. */
export function conclude() {
  rmSync(reports, { recursive: true });
  process.stdout.write("\n");
  printSlowest();
  for (const explanation of explanations) process.stdout.write(`skipped: ${explanation}\n`);
  const { passed, failed, skipped } = total;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
