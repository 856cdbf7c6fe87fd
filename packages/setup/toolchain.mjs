// Runs on whatever Node started us (20 or newer) with nothing installed yet: built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../..");
const bin = join(root, "node_modules/.bin");
const stamp = join(root, "node_modules/.rekey-setup");
const builtStamp = join(root, "node_modules/.rekey-built");

/** The environment in which the pinned Node and the project's own tools come first. */
export const toolEnv = {
  ...process.env,
  PATH: bin + delimiter + process.env.PATH,
  // Nothing we run reports home or looks for updates.
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};

/** Runs a tool to its end, its output ours; returns its exit code, 128 and more for a signal. */
export function run(command, args, env = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...toolEnv, ...env },
    shell: process.platform === "win32",
  });
  if (error) throw error;
  return status ?? 128 + constants.signals[signal];
}

/** Ends this process with one line that says which step failed; the step has printed its own reasons. */
function must(step, status) {
  if (status === 0) return;
  process.stderr.write(`Set-up stopped: ${step} failed (exit code ${status}). See above.\n`);
  process.exit(status);
}

/** What the installed packages follow from. */
function manifestHash() {
  const hash = createHash("sha256");
  const manifests = ["apps", "packages"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")),
  );
  for (const file of [
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "package.json",
    "tests/package.json",
    "bench/package.json",
    ...manifests,
  ]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** Installs with the pinned pnpm, unless what is installed is already what the lockfile says. */
export function ensureInstalled() {
  const wanted = manifestHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  process.stdout.write("Installing packages (once)…\n");
  must("installing packages", run("npx", ["-y", packageManager, "install", "--frozen-lockfile"]));
  writeFileSync(stamp, wanted);
}

/** Changes with any file that the build reads or writes, at a tenth of what asking turbo costs. */
function buildState() {
  const hash = createHash("sha256");
  const add = (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isDirectory()) {
      hash.update(`${path} ${stats?.mtimeMs} ${stats?.size}\n`);
      return;
    }
    for (const name of readdirSync(path)) {
      if (name !== "node_modules" && name !== ".turbo") add(join(path, name));
    }
  };
  for (const name of ["apps", "packages", "turbo.json", "tsconfig.base.json", "pnpm-lock.yaml"]) {
    add(join(root, name));
  }
  return hash.digest("hex");
}

/** Builds what is stale: the database client, the emails, the SPA, the server. Silent unless something is wrong. */
export function ensureBuilt() {
  if (existsSync(builtStamp) && readFileSync(builtStamp, "utf8") === buildState()) return;
  const build = spawnSync("turbo", ["run", "build", "--output-logs=errors-only"], {
    cwd: root,
    env: toolEnv,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (build.error) throw build.error;
  if (build.status !== 0) process.stderr.write(build.stdout + build.stderr);
  must("building", build.status ?? 1);
  writeFileSync(builtStamp, buildState());
}

export function ensureReady() {
  ensureInstalled();
  ensureBuilt();
}

/**
 * Runs a program of ours under the pinned Node in the foreground: passes signals on to it and ends
 * as it ends.
 */
export function become(args) {
  const child = spawn(join(bin, "node"), args, {
    cwd: root,
    stdio: "inherit",
    env: toolEnv,
    shell: process.platform === "win32",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
