import type { Command } from "commander";
import { lazily } from "./lazily.ts";

/** The command about the brand of pages and mails. */
export function addBrandCommands(program: Command): void {
  program
    .command("brand:check")
    .description("check a brand file and its contrasts, and show pages and mail before and after")
    .argument("[file]", "the brand file; default BRAND_FILE, else brand.json")
    .option("--out <folder>", "where pictures go", "brand-check")
    .option("--no-pictures", "only check")
    .option("--json", "print problems and contrasts as JSON; makes no pictures", false)
    .action(lazily(async () => (await import("./brand-check.ts")).brandCheck));
}
