import { MailState } from "@rekey/db/enums";
import { type Command, Option } from "commander";
import { lazily } from "./lazily.ts";
import { positive, span } from "./options.ts";

const JSON_OUTPUT = ["--json", "print it as JSON", false] as const;

/** The commands about mails and the mail server. */
export function addMailCommands(program: Command): void {
  program
    .command("mail:verify")
    .description(
      "connect to the mail server, encrypt, sign in and name the sender, and say what is wrong; sends nothing",
    )
    .option("--to <address>", "also try whether it takes email for this address")
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-verify.ts")).mailVerify));

  program
    .command("mail:send")
    .description("send a test mail with a text and an HTML part")
    .requiredOption("--to <address>", "who gets it")
    .action(lazily(async () => (await import("./mail-send.ts")).mailSend));

  program
    .command("mail:list")
    .description("list delivery records, newest first")
    .addOption(new Option("--state <state>", "only these").choices(Object.values(MailState)))
    .option("--to <address>", "only those to this address")
    .option("--limit <n>", "at most this many", positive, 50)
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-list.ts")).mailList));

  program
    .command("mail:show")
    .description("show one mail's record: every attempt, and what the mail server said")
    .argument("<id>", "as mail:list prints it; a Message-ID will do")
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-show.ts")).mailShow));

  program
    .command("mail:retry")
    .description("send mails again that were refused or given up, or wait for their next attempt")
    .argument("[id]", "one mail")
    .option("--dead", "all that were given up", false)
    .option("--bounced", "all that bounced, with --since", false)
    .option("--since <time>", "not longer ago than this, like 30m, 1h or 2d", span)
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-retry.ts")).mailRetry));

  program
    .command("mail:stats")
    .description("count mails by state and kind, and say how long the oldest has waited")
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-stats.ts")).mailStats));

  program
    .command("mail:suppressions")
    .description("list the addresses that are not mailed, because they bounced or complained")
    .option("--lift <address>", "mail this one again")
    .option(...JSON_OUTPUT)
    .action(lazily(async () => (await import("./mail-suppressions.ts")).mailSuppressions));
}
