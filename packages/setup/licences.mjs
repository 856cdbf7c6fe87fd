// Holds the licence of every installed package to a list; ends with 1 and names those that are not on it.
import { spawnSync } from "node:child_process";
import { root, toolEnv } from "./toolchain.mjs";

/** Permissive ones, those whose copyleft ends at a file, and public domain. By SPDX id. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "EPL-2.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
]);

/** Packages whose manifest has no SPDX expression, with what their licence file says. */
const read = { slick: "MIT" };

/** One of several alternatives is enough; of several that hold together all are needed. */
function isAllowed(expression) {
  return expression
    .replace(/[()]/g, "")
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((id) => allowed.has(id.trim())));
}

const { stdout, status, stderr } = spawnSync("pnpm", ["-r", "licenses", "list", "--json"], {
  cwd: root,
  env: toolEnv,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === "win32",
});
if (status !== 0) throw new Error(`pnpm licenses list: ${stderr || stdout}`);

const packages = Object.entries(JSON.parse(stdout)).flatMap(([licence, list]) =>
  list.map(({ name }) => ({ name, licence: read[name] ?? licence })),
);
// Of what is installed, hundreds: an empty list would pass without having looked.
if (packages.length < 100) throw new Error(`pnpm licenses list: ${packages.length} packages`);
const refused = packages.filter(({ licence }) => !isAllowed(licence));
for (const { name, licence } of refused) {
  process.stdout.write(
    `${name}: ${licence} is not among the licences in packages/setup/licences.mjs\n`,
  );
}
process.stdout.write(`${packages.length} packages, ${refused.length} under other licences\n`);
process.exitCode = refused.length === 0 ? 0 : 1;
