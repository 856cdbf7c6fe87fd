import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile } from "node:process";

/** The root of the checkout. */
export const root = join(import.meta.dirname, "../../..");

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment, completed from `.env` at the root; what the environment says itself wins. The
 * one place that reads `process.env`.
 */
export function readEnv(): Env {
  const file = join(root, ".env");
  if (existsSync(file)) loadEnvFile(file);
  return process.env;
}
