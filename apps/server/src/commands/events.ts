import { EventState } from "@rekey/db/enums";
import { type Command, Option } from "commander";
import { lazily } from "./lazily.ts";
import { positive } from "./options.ts";

export function addEventCommands(program: Command): void {
  program
    .command("events:test")
    .description("post a signed event of type `test` to EVENTS_WEBHOOK_URL, once")
    .action(lazily(async () => (await import("./events-test.ts")).eventsTest));

  program
    .command("events:list")
    .description("list events and what became of them, newest first")
    .addOption(new Option("--state <state>", "only these").choices(Object.values(EventState)))
    .option("--limit <n>", "at most this many", positive, 50)
    .option("--json", "print them as a JSON array", false)
    .action(lazily(async () => (await import("./events-list.ts")).eventsList));

  program
    .command("events:retry")
    .description("post an event again that was given up, expired, or waits for its next attempt")
    .argument("<id>", "as events:list prints it")
    .action(lazily(async () => (await import("./events-retry.ts")).eventsRetry));
}
