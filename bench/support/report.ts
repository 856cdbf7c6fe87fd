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

/**
 * An earlier report with these chapters in place of its own of the same titles, or at its end. The
 * command, the commit and the date stand under each of their titles.
 */
export function updated(earlier: string, run: [string, string][], chapters: string[]): string {
  const [first, ...rest] = earlier.trimEnd().split(/\n\n(?=## )/);
  const { command, commit, date } = Object.fromEntries(run);
  const kept = new Map(rest.map((text) => [titleOf(text), text]));
  for (const text of chapters) {
    const [title = "", ...body] = text.split("\n\n");
    kept.set(title, [title, `\`${command}\` at ${commit}, ${date}.`, ...body].join("\n\n"));
  }
  return `${[first, ...kept.values()].join("\n\n")}\n`;
}

const titleOf = (text: string) => text.slice(0, text.indexOf("\n"));
