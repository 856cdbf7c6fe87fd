// The npm script begins with `exec`, so that a signal to npm reaches this process and not a shell in
// between that would die of it and leave us behind; where there is no exec (cmd.exe), `||` goes on.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { become, ensureReady, root } from "./toolchain.mjs";

ensureReady();

// Left alone, V8 lets garbage pile up to a share of the machine's memory; these bounds keep a process
// small and are several times what it needs.
const nodeOptions = JSON.parse(readFileSync(join(root, "apps/server/node-options.json"), "utf8"));
become([...nodeOptions, "apps/server/dist/main.js"]);
