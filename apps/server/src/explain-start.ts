import type { SettingsError } from "./config.ts";

/** sysexits(3): something is configured wrongly. */
const EX_CONFIG = 78;

/** Ends the process with one message for whoever started it; a stack only for what nobody foresaw. */
export function endWith(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  const config = isSettingsError(error) || codeOf(error) === "DATA_DIR_UNUSABLE";
  process.exit(config ? EX_CONFIG : 1);
}

/** Errors are told apart by their codes: their classes come with packages that `rekey --help` does not load. */
function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code;
}

function isSettingsError(error: unknown): error is SettingsError {
  return codeOf(error) === "WRONG_SETTINGS";
}

function explain(error: unknown): string {
  if (isSettingsError(error)) {
    const lines = error.problems.map((problem) => `  - ${problem}`);
    return [
      `${error.message}:`,
      ...lines,
      "Each is documented in .env.example and README.md, a brand file in docs/guides/branding.md.",
    ].join("\n");
  }
  if (!(error instanceof Error)) return `Rekey cannot start: ${String(error)}`;
  switch (codeOf(error)) {
    case "DATA_DIR_UNUSABLE":
    case "DATA_DIR_IN_USE":
    case "DATABASE_UNREACHABLE":
    case "SCHEMA_OUTDATED":
      return `Rekey cannot start: ${error.message}`;
    case "EADDRINUSE":
      return "Rekey cannot start: another program uses its port. Set PORT to a free one.";
    case "EACCES":
      return `Rekey cannot start: permission denied (${error.message}). Check PORT and DATA_DIR.`;
    default:
      // A failed call to the system says all there is to say in its message.
      return `Rekey cannot start: ${"syscall" in error ? error.message : error.stack}`;
  }
}
