import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { mailboxKey } from "@rekey/contract/email";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface CaughtMail {
  to: string[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
  parsed: ParsedMail;
}

/** What the server answers to RCPT TO for an address: an SMTP error, or null to take the mail. */
type Answer = (address: string) => { code: number; text: string } | null;

/** A real SMTP server that keeps every mail and can be told to misbehave. */
export async function startMailbox() {
  const mails: CaughtMail[] = [];
  /** Recipients of every message received in full, answered or not. */
  const arrived: string[] = [];
  const waiting = new Set<() => void>();
  let answer: Answer = () => null;
  let answerToData: ReturnType<Answer> = null;
  let hold: Promise<void> | null = null;
  let refused = 0;

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const refusal = answer(address);
      if (refusal === null) return done();
      refused += 1;
      notify();
      done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    async onData(stream, session, done) {
      const parsed = await simpleParser(stream);
      arrived.push(...session.envelope.rcptTo.map(({ address }) => address));
      notify();
      if (hold !== null) await hold;
      if (answerToData !== null) {
        const { code, text } = answerToData;
        return done(Object.assign(new Error(text), { responseCode: code }));
      }
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        subject: parsed.subject ?? "",
        text: parsed.text ?? "",
        html: parsed.html || "",
        messageId: parsed.messageId ?? "",
        parsed,
      });
      done();
      notify();
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;

  function notify() {
    for (const wake of waiting) wake();
  }

  /** Resolves when `find` finds something; looks again after every mail or refusal. */
  function until<T>(what: string, find: () => T | undefined, timeout = 60_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`No ${what} within ${timeout} ms`));
      }, timeout);
      const end = () => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }

  const to = (address: string) =>
    mails.filter((mail) => mail.to.some((one) => mailboxKey(one) === mailboxKey(address)));

  return {
    port,
    /** Every mail it took. */
    mails: mails as readonly CaughtMail[],
    to,
    /** The first mail to an address whose subject or text matches, now or when it comes. */
    mailTo: (address: string, matching: RegExp = /./, after = 0) =>
      until(`mail to ${address} matching ${matching}`, () =>
        to(address)
          .slice(after)
          .find((mail) => matching.test(`${mail.subject}\n${mail.text}`)),
      ),
    /** Resolves once this many messages to an address were received in full, answered or not. */
    received: (address: string, count: number) =>
      until(`${count} messages to ${address}`, () =>
        arrived.filter((one) => one === address).length >= count ? true : undefined,
      ),
    /** Resolves once this many recipients were refused in all. */
    refusals: (count: number) =>
      until(`${count} refusals`, () => (refused >= count ? true : undefined)),
    answerWith: (next: Answer) => {
      answer = next;
    },
    /** The answer to every mail once it was received in full; null takes it. */
    answerToDataWith: (next: ReturnType<Answer>) => {
      answerToData = next;
    },
    /** Takes mails but keeps their senders waiting for the reply until released. */
    holdReplies() {
      const release = Promise.withResolvers<void>();
      hold = release.promise;
      return () => {
        hold = null;
        release.resolve();
      };
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

export type Mailbox = Awaited<ReturnType<typeof startMailbox>>;

/** The link to a page in an email's text. */
export function linkIn(text: string, page: string): string {
  const [link] = text.match(new RegExp(`http\\S+/${page}#token=\\S+`)) ?? [];
  if (link === undefined) throw new Error(`No ${page} link in: ${text}`);
  return link;
}

/** The token behind a page's link in a mail. */
export function tokenIn(mail: CaughtMail, page: string): string {
  const [, token] = mail.text.match(new RegExp(`${page}#token=([\\w.-]+)`)) ?? [];
  if (token === undefined) throw new Error(`No ${page} link in: ${mail.text}`);
  return token;
}

/** The code that a mail shows in two groups. */
export function codeIn(mail: Pick<CaughtMail, "text">): string {
  const [, code] = mail.text.match(/^\u2066?(\d{4} \d{4})\u2069?$/m) ?? [];
  if (code === undefined) throw new Error(`No code in: ${mail.text}`);
  return code;
}
