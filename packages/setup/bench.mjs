import { become, ensureReady } from "./toolchain.mjs";

ensureReady();
become(["bench/bench.ts", ...process.argv.slice(2)]);
