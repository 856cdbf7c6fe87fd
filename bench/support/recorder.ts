import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { createCounter } from "./sink.ts";

export interface RecordedMail {
  /** When it had arrived in full, before it was answered (`performance.now()` of this process). */
  at: number;
  raw: Buffer;
}

export type Recorder = Awaited<ReturnType<typeof startRecorder>>;

/**
 * A mail server in this process that tells when which mail came: one clock for both ends. It counts
 * the mails that have a reset link.
 */
export async function startRecorder(stack: AsyncDisposableStack) {
  const waiting = new Map<string, (mail: RecordedMail) => void>();
  const counter = createCounter();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    async onData(stream, session, done) {
      const raw = Buffer.concat(await stream.toArray());
      const at = performance.now();
      const recipients = session.envelope.rcptTo;
      done();
      if (!hasResetLink(raw)) return;
      for (const { address } of recipients) {
        waiting.get(address)?.({ at, raw });
        waiting.delete(address);
      }
      counter.set(counter.count() + 1);
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  stack.defer(() => new Promise<void>((resolve) => server.close(resolve)));

  return {
    ...counter,
    name: "smtp-server",
    port: (server.server.address() as AddressInfo).port,
    /** The next mail with a reset link to an address; ask before it is sent. */
    next(address: string, timeout = 60_000): Promise<RecordedMail> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`No reset mail within ${timeout / 1000} s`)),
          timeout,
        );
        waiting.set(address, (mail) => {
          clearTimeout(timer);
          resolve(mail);
        });
      });
    },
  };
}

function hasResetLink(raw: Buffer): boolean {
  // A soft line break of quoted-printable may stand anywhere.
  return raw.toString("latin1").replaceAll("=\r\n", "").includes("reset-password#");
}

/** The token behind the reset link. */
export async function tokenIn({ raw }: RecordedMail): Promise<string> {
  const { text = "" } = await simpleParser(raw);
  const [, token] = text.match(/reset-password#token=([\w.-]+)/) ?? [];
  if (token === undefined) throw new Error("No reset link in the mail");
  return token;
}
