import type { AttackOptions } from "@rekey/attack/options";
import { type Command, Option } from "commander";
import { positive, wholeNumber } from "./options.ts";
import { print } from "./print.ts";

type Given = Omit<AttackOptions, "url" | "only"> & { only: string; json: boolean; fuzz?: number };

/** Some check does not hold. */
const FAILED = 1;
/** Nothing can be said. */
const COULD_NOT_RUN = 2;

/** `rekey attack URL`: loaded only when it is asked for, as nothing else needs what it brings. */
async function attack(url: string, { json, only, fuzz, ...given }: Given): Promise<void> {
  const { CannotRun } = await import("@rekey/attack/own-host");
  const options = { ...given, url, only: only.split(",").filter((id) => id !== "") };
  try {
    if (fuzz !== undefined) return await fuzzDeployment(options, fuzz, json);
    const { runAttack } = await import("@rekey/attack/run-attack");
    const { resultLine, standardsTable, summaryLine } = await import("@rekey/attack/report");
    const report = await runAttack(options, {
      onResult: (result) => json || print(resultLine(result)),
    });
    if (json) print(JSON.stringify(report, null, 2));
    else print(`\n${standardsTable(report)}\n\n${summaryLine(report)}`);
    if (report.results.some(({ verdict }) => verdict === "FAILS")) process.exitCode = FAILED;
    else if (!report.results.some(({ verdict }) => verdict === "holds")) {
      process.exitCode = COULD_NOT_RUN;
    }
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`✗ ${error.message}\n`);
    process.exitCode = COULD_NOT_RUN;
  }
}

async function fuzzDeployment(options: AttackOptions, seconds: number, json: boolean) {
  const { fuzz } = await import("@rekey/attack/fuzz");
  const report = await fuzz({ ...options, seconds });
  if (json) print(JSON.stringify(report, null, 2));
  else {
    print(`${report.requests} requests in ${Math.round(report.seconds)} s, by status:`);
    for (const [status, count] of Object.entries(report.statuses)) print(`  ${status}  ${count}`);
    for (const finding of report.findings) print(`✗ ${finding}`);
    if (report.findings.length === 0) print("✓ no 5xx, and no look inside");
  }
  if (report.findings.length > 0) process.exitCode = FAILED;
}

/** The attack suite, for a deployment of one's own. */
export function addAttackCommand(program: Command): void {
  program
    .command("attack")
    .description("try the known attacks on password resets against a running deployment of yours")
    .argument("<url>", "its address; beyond this machine it must confirm the attack (--confirm)")
    .option(
      "--inbox <address>",
      "its mail: a mail catcher's http://…, or smtp://host:port to listen at",
    )
    .option("--confirm <code>", "the code in its ATTACK_CONFIRMATION")
    .option("--domain <name>", "domain of the addresses to sign up", "attack.example")
    .option("--only <ids>", "these checks or groups of checks, separated by commas", "")
    .option("--pairs <n>", "pairs of samples for each timing check; 0 skips them", wholeNumber, 20)
    .option("--race <n>", "uses of one link at once", positive, 50)
    .option("--network-limit <n>", "its RATE_LIMIT_PER_IP", positive, 30)
    .option("--sign-in-limit <n>", "its SIGN_IN_LIMIT", positive, 10)
    .option("--limits-off", "its limits are off on purpose", false)
    .option("--wait", "wait out limits, cooldowns and the life of a link", false)
    .option("--max-requests <n>", "send at most this many requests", positive, 5000)
    .option("--max-time <seconds>", "stop after this long", positive, 1800)
    .addOption(new Option("--mail-patience <ms>").argParser(positive).default(30_000).hideHelp())
    .option("--fuzz <seconds>", "instead: random and mutated JSON to every procedure", positive)
    .option("--json", "print the report as JSON", false)
    .addHelpText(
      "after",
      "\nExit code: 0 all hold, 1 something fails, 2 could not run. See docs/security.md.",
    )
    .action((url: string, { inbox = null, confirm = null, ...given }) =>
      attack(url, { inbox, confirm, ...given }),
    );
}
