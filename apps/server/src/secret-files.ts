import { readFileSync } from "node:fs";
import type { Env } from "./env.ts";

/**
 * Settings whose value is a secret. Each can be read from a file instead, named by the same setting
 * with `_FILE` after it, as containers mount secrets.
 */
export const secretSettings = [
  "SECRET_KEY",
  "DATABASE_URL",
  "MAIL_USERNAME",
  "MAIL_PASSWORD",
  "WEBHOOK_POSTMARK_CREDENTIALS",
  "WEBHOOK_MAILGUN_SIGNING_KEY",
  "WEBHOOK_SENDGRID_PUBLIC_KEY",
  "EVENTS_WEBHOOK_SECRET",
  "METRICS_TOKEN",
  "ATTACK_CONFIRMATION",
  "OTEL_EXPORTER_OTLP_HEADERS",
] as const;

/** Reads the secrets that the environment names by file. A problem names the setting, never the value. */
export function readSecretFiles(env: Env): { read: Env; problems: string[] } {
  const read: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of secretSettings) {
    const file = env[`${name}_FILE`]?.trim();
    if (!file) continue;
    if (env[name]?.trim()) {
      problems.push(`${name}, ${name}_FILE: expected at most one of them`);
      continue;
    }
    const content = readText(file);
    if ("problem" in content) problems.push(`${name}_FILE (${file}): ${content.problem}`);
    else read[name] = content.text;
  }
  return { read, problems };
}

function readText(file: string): { text: string } | { problem: string } {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text === "" ? { problem: "expected a file with a value; it is empty" } : { text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `expected a file that can be read (${code})` };
  }
}
