import { become, ensureReady } from "./toolchain.mjs";

ensureReady();
become(["apps/server/src/main.ts"]);
