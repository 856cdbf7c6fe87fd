// The server with restart on change, and Vite in front of it with hot reload, on one origin.
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { ensureReady, root, toolEnv } from "./toolchain.mjs";

ensureReady();
const port = Number(process.env.PORT || 3000);
const apiPort = port + 1;
const url = `http://localhost:${port}`;
const children = [];

function start(command, args, env) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...toolEnv, ...env } });
  child.on("exit", (code) => end(code ?? 0));
  children.push(child);
}

// The SPA's configuration with the preview of the mails at /dev/mail; Node reads it as it is.
const config = "apps/server/dev/vite.config.ts";
const viteOptions = ["--config", config, "--configLoader", "native", "--clearScreen", "false"];

let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill("SIGTERM");
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(0));

start("node", ["--watch", "apps/server/src/main.ts"], {
  PORT: String(apiPort),
  APP_URL: process.env.APP_URL || url,
});
const answers = () =>
  fetch(`http://localhost:${apiPort}/readyz`).then(
    (r) => r.ok,
    () => false,
  );
while (!ending && !(await answers())) await delay(200);
if (!ending) {
  start("vite", ["apps/web", ...viteOptions], {
    PORT: String(port),
    API_PORT: String(apiPort),
  });
  process.stdout.write(
    `Rekey with hot reload is at ${url}, each page in each state at ${url}/dev/pages, each mail at ${url}/dev/mail; ` +
      `its API alone is at port ${apiPort}\n`,
  );
}
