// The npm script begins with `exec`, so that a signal to npm reaches this process and not a shell in
// between that would die of it and leave us behind; where there is no exec (cmd.exe), `||` goes on.
import { become, ensureReady } from "./toolchain.mjs";

ensureReady();
become(["apps/server/src/main.ts"]);
