import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs one of Debian's packages, where this is a Debian on which we may; silent where it is not. */
export function install(name, title) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  process.stdout.write(`Installing ${title} (once)…\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: ["ignore", "ignore", "inherit"], env };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
}

/** Makes sure that a program is there, if it can be installed; whoever needs it says so if it is not. */
export function ensureProgram(name, title, packageName = name) {
  if (spawnSync(name, ["--version"], { stdio: "ignore" }).error) install(packageName, title);
}
