import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { CannotRun } from "../own-host.ts";
import type { Inbox } from "./inbox.ts";
import { isTo, type Mail, readMail } from "./mail.ts";

/** Listens as a mail server for a deployment that is told to deliver here (`MAIL_SERVER`, `MAIL_PORT`). */
export async function openSmtpSink(host: string, port: number): Promise<Inbox> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    async onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      mails.push(await readMail(await buffer(stream), recipients));
      done();
    },
  });
  server.on("error", () => {});
  server.listen(port, host);
  try {
    await once(server.server, "listening");
  } catch (error) {
    throw new CannotRun(`Cannot listen at smtp://${host}:${port}: ${(error as Error).message}`);
  }
  return {
    name: `smtp://${host}:${port}`,
    mailsTo: async (address) => mails.filter(({ recipients }) => isTo(recipients, address)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
