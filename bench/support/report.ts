import type { Section } from "./measurement.ts";

export function table(columns: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, index) => (index === 0 ? "---" : "---:"));
  return [columns, rule, ...rows].map(line).join("\n");
}

export function chapter({ title, floor, columns, rows, notes }: Section): string {
  return [`## ${title}`, `Floor: ${floor}`, table(columns, rows), ...notes].join("\n\n");
}

/** The whole report, in Markdown. */
export function report(run: [string, string][], chapters: string[]): string {
  const head = [
    "# What Rekey costs",
    "Written by the command below; [README.md](README.md) says what each figure means. A figure is the median of its rounds, with the lowest and the highest round in brackets. Ratios are taken round by round.",
    table(
      ["", ""],
      run.map(([name, value]) => [name, value]),
    ).replace("---:", "---"),
  ];
  return `${[...head, ...chapters].join("\n\n")}\n`;
}
