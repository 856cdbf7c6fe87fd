import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { serveCommands } from "./serve-commands.ts";

export interface PlainSinkCommand {
  ask: "port";
}

const wait = Number(process.argv[2] ?? 0);
let count = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  async onData(stream, _session, done) {
    await stream.resume().toArray();
    if (wait > 0) await delay(wait * 1000);
    done();
    count += 1;
    process.send?.({ note: count });
  },
});
server.on("error", () => {});
server.listen(0, "127.0.0.1");
await once(server.server, "listening");

serveCommands<PlainSinkCommand, number>(async () => (server.server.address() as AddressInfo).port);
