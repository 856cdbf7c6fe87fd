import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Scheme } from "@rekey/contract/palette";
import type { Env } from "../../env.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** Path of an installed Chromium: what `CHROMIUM` says, else what is on the `PATH`; or null. */
export function findChromium(env: Env): string | null {
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [env.CHROMIUM, ...onPath, ...elsewhere];
  return candidates.find((file) => file !== undefined && existsSync(file)) ?? null;
}

/** Milliseconds of the page's own time: it loads and asks the API before the picture is taken. */
const PAGE_TIME = 8000;
/** In milliseconds. */
const PATIENCE = 60_000;

/** Takes a picture of the page at `url`, in light or dark, into the PNG `file`. */
export async function photograph(
  chromium: string,
  shot: { url: string; scheme: Scheme; file: string; profile: string },
): Promise<void> {
  const root = process.getuid?.() === 0;
  await promisify(execFile)(
    chromium,
    [
      "--headless",
      ...(root ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--hide-scrollbars",
      `--user-data-dir=${shot.profile}`,
      `--blink-settings=preferredColorScheme=${shot.scheme === "dark" ? 0 : 1}`,
      "--window-size=640,1120",
      `--virtual-time-budget=${PAGE_TIME}`,
      `--screenshot=${shot.file}`,
      shot.url,
    ],
    { timeout: PATIENCE },
  );
}
