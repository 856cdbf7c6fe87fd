import { createReadStream, existsSync, statSync } from "node:fs";
import { extname } from "node:path";
import { importAccounts } from "@rekey/accounts/import/import-accounts";
import { readCsv } from "@rekey/accounts/import/read-csv";
import { readNdjson } from "@rekey/accounts/import/read-ndjson";
import { ImportFileError } from "@rekey/accounts/import/record";
import { createImportReport } from "./import-report.ts";
import { fail } from "./print.ts";
import { startProgress } from "./progress.ts";
import { withDatabase } from "./with-database.ts";

export interface AccountsImportOptions {
  format?: string;
  dryRun: boolean;
  report?: string;
  json: boolean;
}

const readers = { ndjson: readNdjson, csv: readCsv };
const extensions: Record<string, keyof typeof readers> = {
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".csv": "csv",
};

/** 128 + SIGINT, as a shell has it. */
const INTERRUPTED = 130;

/** `rekey accounts:import FILE`. */
export async function accountsImport(file: string, options: AccountsImportOptions): Promise<void> {
  const { dryRun, json } = options;
  const format = options.format ?? extensions[extname(file).toLowerCase()];
  if (format !== "ndjson" && format !== "csv") {
    return fail("✗ Say what the file holds with --format ndjson or --format csv.");
  }
  if (!existsSync(file) || !statSync(file).isFile()) return fail(`✗ There is no file ${file}.`);

  // The signal may come twice: from the terminal and from the program that started this one.
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on("SIGINT", interrupt);
  const report = createImportReport({
    file,
    dryRun,
    ...(options.report && { path: options.report }),
  });
  try {
    await withDatabase(async ({ prisma }, config) => {
      const source = createReadStream(file);
      const progress = startProgress(statSync(file).size, !json);
      try {
        const counts = await importAccounts({
          prisma,
          records: readers[format](source),
          policy: { minLength: config.passwordMinLength },
          now: () => new Date(),
          dryRun,
          signal: interruption.signal,
          onRefused: report.add,
          onProgress: (counts) => progress.update(source.bytesRead, counts),
        });
        progress.stop();
        const interrupted = interruption.signal.aborted;
        report.print(counts, { interrupted, json });
        if (interrupted) process.exitCode = INTERRUPTED;
        else if (counts.refused > 0) process.exitCode = 1;
      } finally {
        progress.stop();
        source.destroy();
      }
    });
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    fail(`✗ ${error.message}`);
  } finally {
    report.close();
    process.off("SIGINT", interrupt);
  }
}
