import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { install } from "./debian.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

function findBrowser() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  return [process.env.CHROMIUM, ...onPath, ...elsewhere].find((file) => file && existsSync(file));
}

/** Path of a Chromium, installed from Debian's packages if need be and allowed, or null. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  install("chromium", "Chromium");
  return findBrowser() ?? null;
}
