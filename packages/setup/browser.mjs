import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

function findBrowser() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  return [process.env.CHROMIUM, ...onPath, ...elsewhere].find((file) => file && existsSync(file));
}

/** Whether this is a Debian on which we may install packages. */
function mayInstall() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Path of a Chromium, installed from Debian's packages if need be and allowed, or null. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (!mayInstall()) return null;
  process.stdout.write("Installing Chromium (once)…\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: ["ignore", "ignore", "inherit"], env };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  return findBrowser() ?? null;
}
