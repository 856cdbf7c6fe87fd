/** The side of a helper process: answers each command of its parent, and goes when the parent goes. */
export function serveCommands<Command, Result>(
  handle: (command: Command) => Promise<Result>,
): void {
  process.on("message", async ({ id, command }: { id: number; command: Command }) => {
    try {
      process.send?.({ id, result: await handle(command) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.("ready");
}
