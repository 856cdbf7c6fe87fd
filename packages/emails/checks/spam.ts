import { spawnSync } from "node:child_process";

/** Why SpamAssassin cannot be asked here; null where it can. */
export const whyNoSpamAssassin: string | null =
  spawnSync("spamassassin", ["--version"]).error === undefined
    ? null
    : "no SpamAssassin; install it (Debian: apt-get install spamassassin)";

export interface SpamScore {
  score: number;
  /** The rules that counted, with their points. */
  rules: string[];
}

/** What SpamAssassin makes of messages in their raw form, with its local rules alone, in their order. */
export function spamScores(messages: readonly string[]): SpamScore[] {
  // Mailbox format: each message after a line of its own, and what looks like one inside is escaped.
  const mbox = messages
    .map(
      (message) =>
        `From rekey Tue Mar  3 10:04:00 2026\n${message.replaceAll("\r\n", "\n").replace(/^From /gm, ">From ")}\n`,
    )
    .join("\n");
  const { stdout } = spawnSync("spamassassin", ["--local", "--test-mode", "--mbox"], {
    input: mbox,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split("Content analysis details:")
    .slice(1)
    .map((report) => ({
      score: Number(report.match(/\((-?[\d.]+) points/)?.[1]),
      rules: (report.match(/^ *-?\d+\.\d [A-Z][A-Z0-9_]+/gm) ?? []).map((rule) => rule.trim()),
    }));
}
