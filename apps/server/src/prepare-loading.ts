import { enableCompileCache, setSourceMapsSupport } from "node:module";
import { join } from "node:path";
import { root } from "./env.ts";

/**
 * Keeps V8's compiled code between starts, and tells stacks by our sources' lines, for every module
 * that is loaded afterwards. The cache is not in the system's temporary directory, where another user
 * could have left code for us. If its folder cannot be written, nothing is kept.
 */
export function prepareLoading(): void {
  enableCompileCache(join(root, "node_modules/.cache/rekey"));
  setSourceMapsSupport(true);
}
