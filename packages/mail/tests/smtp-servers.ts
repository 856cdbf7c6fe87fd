import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";
import type { SmtpSettings } from "../src/transport-settings.ts";

export type Received = { from: string; to: string[]; source: string; tls: boolean; user: string };

/** A real SMTP server on an ephemeral port, gone after the test. Takes and keeps every mail unless told otherwise. */
export async function smtpServer(
  options: SMTPServerOptions = {},
): Promise<{ port: number; received: Received[]; connections: () => number }> {
  const received: Received[] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onData(stream, { envelope, secure, user }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
          tls: secure,
          user: String(user ?? ""),
        });
        done(null, "queued as 1");
      });
    },
    // Without it every greeting waits for a DNS answer.
    disableReverseLookup: true,
    closeTimeout: 10,
    ...options,
  });
  // A client that refuses our certificate shows up as an error here.
  server.on("error", () => {});
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: await listen(server.server), received, connections: () => connections };
}

/** A TCP server that does as `talk` says to each connection, gone after the test. */
export async function rawServer(talk: (socket: Socket) => void): Promise<{ port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    talk(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: await listen(server) };
}

/** A bare SMTP dialogue: greets, then answers each line with what `replies` gives for its verb; `null` hangs up. */
export function scripted(replies: Record<string, string | null>): (socket: Socket) => void {
  const usual: Record<string, string> = {
    EHLO: "250 scripted.example",
    MAIL: "250 2.1.0 ok",
    RCPT: "250 2.1.5 ok",
    DATA: "354 go ahead",
    ".": "250 2.0.0 queued",
    RSET: "250 ok",
    QUIT: "221 bye",
  };
  const script: Record<string, string | null> = { ...usual, ...replies };
  return (socket) => {
    let pending = "";
    let inData = false;
    socket.write(`${script.greeting ?? "220 scripted.example ESMTP"}\r\n`);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (pending + chunk).split("\r\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line !== ".") continue;
        inData = false;
        const verb = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? "";
        const reply = script[verb === "" ? line : verb] ?? null;
        if (reply === null) return socket.destroy();
        socket.write(`${reply}\r\n`);
        inData = verb === "DATA" && reply.startsWith("354");
      }
    });
  };
}

export function settings(port: number, more: Partial<SmtpSettings> = {}): SmtpSettings {
  return { host: "127.0.0.1", port, security: "none", ...more };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
