import type { CheckResult } from "./check.ts";
import type { AttackReport } from "./run-attack.ts";

const SIGNS = { holds: "✓", FAILS: "✗", skipped: "-" } as const;

/** A check in a line, with a second one that says why it does not hold or was skipped. */
export function resultLine(result: CheckResult): string {
  const { id, title, verdict } = result;
  const line = `${SIGNS[verdict]} ${verdict.padEnd(7)}  ${id.padEnd(23)} ${title}`;
  const more = result.verdict === "holds" ? result.note : result.why;
  return more === undefined ? line : `${line}\n             ${more}`;
}

/** Which requirement each check serves and where it was gone wrong before. */
export function standardsTable({ results }: Pick<AttackReport, "results">): string {
  const rows = results.map(({ id, standards, advisories = [], verdict }) => [
    id,
    standards.join(", "),
    advisories.join(", "),
    verdict,
  ]);
  const head = ["check", "standard", "advisory", "verdict"];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  return [head, widths.map((width) => "─".repeat(width)), ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function summaryLine(report: AttackReport): string {
  const count = (verdict: string) => report.results.filter((one) => one.verdict === verdict).length;
  return (
    `${count("holds")} hold, ${count("FAILS")} fail, ${count("skipped")} skipped: ` +
    `${report.requests} requests in ${Math.round(report.seconds)} s to ${report.target}, mail from ${report.inbox}`
  );
}
