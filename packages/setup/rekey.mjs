import { become, ensureReady } from "./toolchain.mjs";

ensureReady();
become(["apps/server/src/cli.ts", ...process.argv.slice(2)]);
