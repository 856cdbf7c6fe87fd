import { ensureInstalled } from "./toolchain.mjs";

ensureInstalled();
await import("./verify.mjs");
