import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Builds what is stale; a tenth of a second if nothing is. The global set-up of Vitest and of Playwright. */
export default function build(): void {
  const turbo = join(root, "node_modules/.bin/turbo");
  const { status, stdout, stderr, error } = spawnSync(
    turbo,
    ["run", "build", "--output-logs=errors-only"],
    { cwd: root, encoding: "utf8", shell: process.platform === "win32" },
  );
  if (status !== 0) throw new Error(`The build failed: ${stdout}${stderr}`, { cause: error });
}
