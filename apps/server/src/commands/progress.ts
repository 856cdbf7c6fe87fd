import type { ImportCounts } from "@rekey/accounts/import/import-accounts";
import { Presets, SingleBar } from "cli-progress";

/** A bar on a terminal's standard error, `total` in bytes; nothing where nobody watches. */
export function startProgress(total: number, wanted: boolean) {
  const bar = new SingleBar(
    {
      format:
        "{bar} {percentage}% | {created} created, {existing} existing, {refused} refused | {eta_formatted}",
      hideCursor: true,
      gracefulExit: false,
      noTTYOutput: false,
    },
    Presets.shades_grey,
  );
  const shown = wanted && process.stderr.isTTY;
  if (shown) bar.start(total, 0, { created: 0, existing: 0, refused: 0 });
  return {
    update(done: number, counts: Readonly<ImportCounts>) {
      if (shown) bar.update(done, counts);
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
