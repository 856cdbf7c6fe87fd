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
    const said = `${stderr ?? ""}${stdout ?? ""}${error?.message ?? ""}`.replace(/[\s│×]+/g, " ");
    return { clean: null, why: said.trim().slice(0, 200) || "no answer" };
  }
  const found = Object.values(answer.advisories).map(
    ({ module_name, severity, title, url }) =>
      `${module_name} (${severity}): ${title} ${url ?? ""}`,
  );
  return found.length === 0 ? { clean: true } : { clean: false, report: found.join("\n") };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
