import type { Command } from "commander";
import { lazily } from "./lazily.ts";

export function addEventCommands(program: Command): void {
  program
    .command("events:test")
    .description("post a signed event of type `test` to EVENTS_WEBHOOK_URL, once")
    .action(lazily(async () => (await import("./events-test.ts")).eventsTest));
}
