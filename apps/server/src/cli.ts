import { Command } from "commander";
import { addAccountCommands } from "./commands/accounts.ts";
import { mailSend } from "./commands/mail-send.ts";
import { mailVerify } from "./commands/mail-verify.ts";
import { endWith } from "./explain-start.ts";

const program = new Command("rekey")
  .description("Operate Rekey from a shell. Settings come from the environment and .env.")
  .showHelpAfterError("(rekey --help lists the commands)");

program
  .command("mail:verify")
  .description(
    "connect to the mail server, encrypt and sign in, and say what is wrong; sends nothing",
  )
  .action(mailVerify);

program
  .command("mail:send")
  .description("send a test mail with a text and an HTML part")
  .requiredOption("--to <address>", "who gets it")
  .action(mailSend);

addAccountCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  endWith(error);
}
