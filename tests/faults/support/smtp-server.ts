import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createWaiting } from "./waiting.ts";

/** Where a conversation stands when the server decides what to do. */
export interface Step {
  at: "greeting" | "hello" | "mail" | "recipient" | "data" | "message";
  /** Recipients so far. */
  to: string[];
  /** Which connection this is, and which mail on it, both from 1. */
  connection: number;
  mail: number;
}

/** What to do instead of the next good answer; null is the good answer. */
export type Misbehaviour =
  | null
  /** An answer of one's own, such as `451 4.3.0 later`; a 421 also closes. */
  | { say: string }
  /** Never answers. */
  | { hang: true }
  /** Closes without an answer. */
  | { close: true }
  /** The good answer, so many milliseconds later. */
  | { after: number };

export interface TakenMail {
  to: string;
  messageId: string;
  /** As it came over the wire. */
  source: string;
  /** False when the whole message was here but its sender was never told. */
  confirmed: boolean;
}

const GOOD: Record<Step["at"], string> = {
  greeting: "220 faults.test ESMTP",
  hello: "250 faults.test",
  mail: "250 2.1.0 Ok",
  recipient: "250 2.1.5 Ok",
  data: "354 Go ahead",
  message: "250 2.0.0 Ok: taken",
};

const COMMANDS: Record<string, Step["at"]> = {
  EHLO: "hello",
  HELO: "hello",
  MAIL: "mail",
  RCPT: "recipient",
  DATA: "data",
};

/** An SMTP server (RFC 5321) that keeps every mail and does wrong exactly what a script says. */
export async function startSmtpServer() {
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  const { until, notify } = createWaiting();
  let script: (step: Step) => Misbehaviour = () => null;
  let connections = 0;
  let misdeeds = 0;

  /** Carries out one step; resolves to whether the conversation goes on as if all were well. */
  async function answer(
    socket: Socket,
    step: Step,
    onGood: () => void,
    onRefused: () => void = () => {},
  ): Promise<boolean> {
    const misbehaviour = script(step);
    if (misbehaviour !== null && "after" in misbehaviour) await sleep(misbehaviour.after);
    if (misbehaviour === null || "after" in misbehaviour) {
      onGood();
      socket.write(`${GOOD[step.at]}\r\n`);
      return true;
    }
    misdeeds += 1;
    notify();
    if ("close" in misbehaviour) socket.destroy();
    // Goes on listening, or it would not notice that the other side gave up.
    if ("hang" in misbehaviour) socket.resume();
    if (!("say" in misbehaviour)) return false;
    onRefused();
    socket.write(`${misbehaviour.say}\r\n`);
    if (misbehaviour.say.startsWith("421")) socket.end();
    return false;
  }

  async function converse(socket: Socket): Promise<void> {
    connections += 1;
    notify();
    const step: Step = { at: "greeting", to: [], connection: connections, mail: 0 };
    // Whoever is not greeted, or hung up on, has nothing more to say.
    if (!(await answer(socket, step, () => {}))) return;
    let message: string[] | null = null;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (message !== null && line !== ".") {
        message.push(line);
      } else if (message !== null) {
        const source = message.join("\r\n");
        const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(source)?.[1] ?? "";
        message = null;
        const taken = { to: step.to[0] ?? "", messageId, source, confirmed: false };
        mails.push(taken);
        await answer(
          socket,
          { ...step, at: "message" },
          () => {
            taken.confirmed = true;
          },
          // Refused in words: nobody has it.
          () => void mails.splice(mails.indexOf(taken), 1),
        );
        notify();
      } else {
        const verb = line.slice(0, 4).toUpperCase();
        const at = COMMANDS[verb];
        if (at === "mail") Object.assign(step, { to: [], mail: step.mail + 1 });
        if (at === "recipient") step.to.push(/<([^>]*)>/.exec(line)?.[1] ?? "");
        if (verb === "QUIT") socket.end("221 2.0.0 Bye\r\n");
        else if (at === undefined) socket.write("250 2.0.0 Ok\r\n");
        else if (await answer(socket, { ...step, at }, () => {})) {
          if (at === "data") message = [];
        }
      }
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    // A connection that ends in mid-sentence is what is being tried here.
    converse(socket).catch(() => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    /** How often it did something other than the good answer. */
    misdeeds: () => misdeeds,
    until,
    mailsTo: (address: string) => mails.filter(({ to }) => to === address),
    /** From the next step on. */
    behave(next: (step: Step) => Misbehaviour) {
      script = next;
    },
    /** Closes every connection, as a server does that goes down. */
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export type SmtpServer = Awaited<ReturnType<typeof startSmtpServer>>;
