import { spawnSync } from "node:child_process";
import { root, toolEnv } from "./toolchain.mjs";

/**
 * Asks the registry for known vulnerabilities of what production installs. Resolves to
 * `{ clean: true }`, `{ clean: false, report }`, or `{ clean: null, why }` where it could not be asked.
 */
export function audit() {
  const { stdout, stderr, error } = spawnSync("pnpm", ["audit", "--prod", "--json"], {
    cwd: root,
    env: toolEnv,
    encoding: "utf8",
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  const answer = parse(stdout ?? "");
  if (answer?.advisories === undefined) {
    return { clean: null, why: notAsked(`${stderr ?? ""}${stdout ?? ""}${error?.message ?? ""}`) };
  }
  const found = Object.values(answer.advisories).map(
    ({ module_name, severity, title, url }) =>
      `${module_name} (${severity}): ${title} ${url ?? ""}`,
  );
  return found.length === 0 ? { clean: true } : { clean: false, report: found.join("\n") };
}

/** Why the question has no answer, from what pnpm said, and what to do about it. */
function notAsked(said) {
  const [, status] = said.match(/responded with (\d{3})/) ?? [];
  const cause = status
    ? `the package registry in use does not answer questions about vulnerabilities (HTTP ${status})`
    : "the package registry could not be reached";
  return (
    `not checked, because ${cause}. Nothing is wrong with Rekey or this machine; to check, ` +
    "run `npx pnpm audit --prod` where the npm registry can be reached."
  );
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
