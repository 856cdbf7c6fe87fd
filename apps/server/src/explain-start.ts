import { DataDirError } from "@rekey/db/data-dir";
import { DataDirInUseError } from "@rekey/db/data-dir-lock";
import { DatabaseUnreachableError, SchemaOutdatedError } from "@rekey/db/open-database";
import { SettingsError } from "./config.ts";

/** sysexits(3): something is configured wrongly. */
const EX_CONFIG = 78;

/** Ends the process with one message for whoever started it; a stack only for what nobody foresaw. */
export function endWith(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  const config = error instanceof SettingsError || error instanceof DataDirError;
  process.exit(config ? EX_CONFIG : 1);
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  - ${problem}`);
    return [
      `${error.message}:`,
      ...lines,
      "Each is documented in .env.example and README.md, a brand file in docs/guides/branding.md.",
    ].join("\n");
  }
  if (
    error instanceof DataDirError ||
    error instanceof DataDirInUseError ||
    error instanceof DatabaseUnreachableError ||
    error instanceof SchemaOutdatedError
  ) {
    return `Rekey cannot start: ${error.message}`;
  }
  if (!(error instanceof Error)) return `Rekey cannot start: ${String(error)}`;
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return "Rekey cannot start: another program uses its port. Set PORT to a free one.";
    case "EACCES":
      return `Rekey cannot start: permission denied (${error.message}). Check PORT and DATA_DIR.`;
    default:
      // A failed call to the system says all there is to say in its message.
      return `Rekey cannot start: ${"syscall" in error ? error.message : error.stack}`;
  }
}
