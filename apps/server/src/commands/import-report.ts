import { closeSync, openSync, writeSync } from "node:fs";
import type { Refusal } from "@rekey/accounts/import/candidate";
import type { ImportCounts } from "@rekey/accounts/import/import-accounts";
import { print } from "./print.ts";

/** Refusals that are kept for the summary; a report file has them all. */
const SHOWN = 20;

export interface ImportReportOptions {
  file: string;
  dryRun: boolean;
  /** Where every refusal goes as a line of JSON. */
  path?: string;
}

/** Collects refused lines, never what they hold, and says at the end what came of the file. */
export function createImportReport({ file, dryRun, path }: ImportReportOptions) {
  const startedAt = performance.now();
  const shown: Refusal[] = [];
  const target = path === undefined ? null : openSync(path, "w", 0o600);

  return {
    add(refusal: Refusal) {
      if (shown.length < SHOWN) shown.push(refusal);
      if (target !== null) writeSync(target, `${JSON.stringify(refusal)}\n`);
    },

    print(counts: ImportCounts, { interrupted, json }: { interrupted: boolean; json: boolean }) {
      const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
      if (json) {
        const summary = { file, dryRun, interrupted, ...counts, seconds, refusals: shown };
        print(JSON.stringify(summary, null, 2));
        return;
      }
      for (const { line, field, reason } of shown) {
        process.stderr.write(`line ${line}: ${field === null ? "" : `${field}: `}${reason}\n`);
      }
      const more = counts.refused - shown.length;
      if (more > 0) {
        const where = path === undefined ? "--report FILE writes them all" : `all are in ${path}`;
        process.stderr.write(`and ${more} more; ${where}\n`);
      }
      const { lines, created, existing, refused } = counts;
      print(
        `${dryRun ? "Nothing was written. Would be " : ""}${created} created, ${existing} existing, ` +
          `${refused} refused of ${lines} in ${seconds} s.`,
      );
      if (interrupted) print("Interrupted; run the same command again to go on.");
    },

    close() {
      if (target !== null) closeSync(target);
    },
  };
}
