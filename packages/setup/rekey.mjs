import { become, ensureReady } from "./toolchain.mjs";

ensureReady();
become(["apps/server/dist/cli.js", ...process.argv.slice(2)]);
