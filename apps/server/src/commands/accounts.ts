import type { Command } from "commander";
import { lazily } from "./lazily.ts";
import { positive } from "./options.ts";

/** The commands about accounts. */
export function addAccountCommands(program: Command): void {
  program
    .command("accounts:import")
    .description("make accounts from a file; run it again to go on after an interruption")
    .argument("<file>", "lines of JSON (.ndjson, .jsonl) or comma-separated values (.csv)")
    .option("--format <format>", "ndjson or csv, where the file's name does not say")
    .option("--dry-run", "judge every line, write nothing", false)
    .option("--report <file>", "write every refused line's number, field and reason here (ndjson)")
    .option("--json", "print the summary as JSON", false)
    .addHelpText("after", "\nThe fields are described in docs/guides/importing-accounts.md.")
    .action(lazily(async () => (await import("./accounts-import.ts")).accountsImport));

  program
    .command("accounts:list")
    .description("list accounts by address")
    .option("--email <part>", "whose address contains this")
    .option("--disabled", "only disabled ones", false)
    .option("--limit <n>", "at most this many", positive, 50)
    .option("--json", "print them as a JSON array", false)
    .action(lazily(async () => (await import("./accounts-list.ts")).accountsList));

  program
    .command("accounts:disable")
    .description("shut an account: signed out everywhere, no sign-in, no reset")
    .argument("<email>", "its address")
    .option("--enable", "open it again", false)
    .action(lazily(async () => (await import("./accounts-disable.ts")).accountsDisable));

  program
    .command("accounts:reset-link")
    .description("mail the owner of an account a reset link; the link itself is never shown")
    .argument("<email>", "the account's address")
    .action(lazily(async () => (await import("./accounts-reset-link.ts")).accountsResetLink));
}
