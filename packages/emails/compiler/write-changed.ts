import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes a folder hold exactly these modules. A module that did not change is left alone and one that
 * did is replaced in one step, so whoever runs on the folder meanwhile never reads half a module.
 */
export async function writeChanged(folder: string, modules: ReadonlyMap<string, string>) {
  await mkdir(folder, { recursive: true });
  for (const [file, content] of modules) {
    const path = join(folder, file);
    const current = await readFile(path, "utf8").catch(() => undefined);
    if (current === content) continue;
    const fresh = `${path}.${process.pid}.new`;
    await writeFile(fresh, content);
    await rename(fresh, path);
  }
  for (const file of await readdir(folder)) {
    if (file.endsWith(".ts") && !modules.has(file)) await rm(join(folder, file));
  }
}
