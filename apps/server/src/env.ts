import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile } from "node:process";

/** The root of the checkout. */
export const root = join(import.meta.dirname, "../../..");

/** The brand file that needs no setting. */
export const DEFAULT_BRAND_FILE = "brand.json";

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment, completed from `.env` at the root and by a brand file there; what the environment
 * says itself wins. The one place that reads `process.env`.
 */
export function readEnv(): Env {
  const file = join(root, ".env");
  if (existsSync(file)) loadEnvFile(file);
  const found = existsSync(join(root, DEFAULT_BRAND_FILE)) ? DEFAULT_BRAND_FILE : undefined;
  return { ...process.env, BRAND_FILE: process.env.BRAND_FILE || found };
}
