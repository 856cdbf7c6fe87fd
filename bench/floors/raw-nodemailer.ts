import { createTransport } from "nodemailer";
import { type Pace, timed } from "../load/pace.ts";
import { address } from "../support/people.ts";
import { serveCommands } from "../support/serve-commands.ts";

export interface SendCommand {
  port: number;
  connections: number;
  pace: Pace;
  mail: { from: string; subject: string; text: string; html: string };
}

/** The same mail through a pool of as many connections: no queue, no account, no token, no record. */
serveCommands(async ({ port, connections, pace, mail }: SendCommand) => {
  const transport = createTransport({
    host: "127.0.0.1",
    port,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  try {
    return await timed(pace, async (index) => {
      await transport.sendMail({ ...mail, to: address(index) });
    });
  } finally {
    transport.close();
  }
});
