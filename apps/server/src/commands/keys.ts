import type { Command } from "commander";
import { lazily } from "./lazily.ts";

/** The commands about signing keys. */
export function addKeyCommands(program: Command): void {
  program
    .command("keys:new")
    .description("make a signing key, and say how to rotate with overlap")
    .option("--write", "rotate the generated key in DATA_DIR (where SECRET_KEY is not set)", false)
    .option("--drop-old", "end the overlap there: keep the newest key alone", false)
    .action(lazily(async () => (await import("./keys-new.ts")).keysNew));
}
