import { Command } from "commander";
import { addAccountCommands } from "./commands/accounts.ts";
import { addAttackCommand } from "./commands/attack.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addBrandCommands } from "./commands/brand.ts";
import { addEventCommands } from "./commands/events.ts";
import { addKeyCommands } from "./commands/keys.ts";
import { addMailCommands } from "./commands/mail.ts";
import { endWith } from "./explain-start.ts";

// As in run-server.ts: what a command writes into DATA_DIR is its user's alone.
process.umask(0o077);

const program = new Command("rekey")
  .description("Operate Rekey from a shell. Settings come from the environment and .env.")
  .showHelpAfterError("(rekey --help lists the commands)");

addMailCommands(program);
addAccountCommands(program);
addAuditCommand(program);
addEventCommands(program);
addKeyCommands(program);
addAttackCommand(program);
addBrandCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  endWith(error);
}
