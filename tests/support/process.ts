import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../..");
/** The pinned Node, whichever one runs the tests. */
const node = join(root, "node_modules/node/bin/node");

/** As `npm start` runs the server. */
const nodeOptions: string[] = JSON.parse(
  readFileSync(join(root, "apps/server/node-options.json"), "utf8"),
);

/** Every setting that a test does not choose is empty, so that no .env of the machine can leak in. */
const neutral = Object.fromEntries([
  ["BRAND_FILE", "none"],
  ...[
    "APP_URL DATABASE_URL SECRET_KEY MAIL_SERVER MAIL_PORT MAIL_USE_TLS MAIL_USE_SSL MAIL_USERNAME",
    "MAIL_PASSWORD MAIL_DEFAULT_SENDER ADMINS ROLE NODE_ENV METRICS_TOKEN ATTACK_CONFIRMATION LOG_LEVEL ALLOWED_ORIGINS",
    "OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_HEADERS OTEL_SERVICE_NAME",
    "OTEL_RESOURCE_ATTRIBUTES OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG",
  ].flatMap((line) => line.split(" ").map((name) => [name, ""])),
]);

export interface Program {
  child: ChildProcess;
  /** All it has printed so far. */
  output: () => string;
  /** Resolves to the first line that matches, printed or yet to come; rejects if it ends before. */
  line: (pattern: RegExp) => Promise<string>;
  /** Resolves to how it ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs one of the server app's programs, as it is built, in a process of its own. */
export function runProgram(
  file: "main.ts" | "cli.ts",
  env: Record<string, string>,
  args: string[] = [],
): Program {
  const options = file === "main.ts" ? nodeOptions : [];
  const child = spawn(
    node,
    [...options, join("apps/server/dist", file.replace(".ts", ".js")), ...args],
    {
      cwd: root,
      env: { ...process.env, ...neutral, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const lines: string[] = [];
  const look = new Set<() => void>();
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const check of look) check();
    });
  }
  const output = () => lines.join("\n");
  return {
    child,
    output,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined) return;
          look.delete(check);
          resolve(found);
        };
        look.add(check);
        check();
        ended.then(() => reject(new Error(`It ended before printing ${pattern}: ${output()}`)));
      }),
  };
}

/** Ends a program and waits until it is gone. */
export async function endProgram(program: Program, signal: NodeJS.Signals = "SIGTERM") {
  program.child.kill(signal);
  return program.ended;
}
