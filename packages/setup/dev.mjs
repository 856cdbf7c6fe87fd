// The server with restart on change, and Vite in front of it with hot reload, on one origin.
import { spawn } from "node:child_process";
import { ensureReady, root, toolEnv } from "./toolchain.mjs";

ensureReady();
const port = Number(process.env.PORT || 3000);
const apiPort = port + 1;
const env = { ...toolEnv, PORT: String(port), API_PORT: String(apiPort) };
const children = [
  spawn("node", ["--watch", "apps/server/src/main.ts"], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...env,
      PORT: String(apiPort),
      APP_URL: process.env.APP_URL || `http://localhost:${port}`,
    },
  }),
  spawn("vite", ["apps/web"], { cwd: root, stdio: "inherit", env }),
];

let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill("SIGTERM");
  process.exitCode = code;
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(0));
for (const child of children) child.on("exit", (code) => end(code ?? 0));
