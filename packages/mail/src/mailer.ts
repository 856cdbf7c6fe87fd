import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import type { MailComposerOptions } from "nodemailer/lib/mail-composer";
import { compileMessage } from "./compile-message.ts";
import { type DkimSettings, dkimOptions } from "./dkim.ts";
import { type Mailbox, parseAddress, parseMailbox } from "./mailbox.ts";
import { type CheckedMessage, checkMessage, type MailMessage } from "./message.ts";
import { messageIdFor } from "./message-id.ts";
import { classifyFailure, type SendResult } from "./outcome.ts";
import { readReply } from "./smtp-failure.ts";
import { type MailProvider, providerOf, untracked } from "./tracking.ts";
import {
  defaultTimeouts,
  poolOptions,
  type SmtpSettings,
  type SmtpTimeouts,
} from "./transport-settings.ts";
import { type VerifyResult, verifySmtp } from "./verify.ts";

export type Mailer = {
  /**
   * Hands one mail to the mail server. What a server or a network does is a value; throws
   * InvalidMessageError for a message that must not be sent, and whatever else is a bug.
   * A `deferred` mail may be sent again: with the same `messageId`, as it may have arrived all
   * the same (RFC 5321 6.1: a connection lost after the data leaves both sides unsure).
   */
  send(message: MailMessage): Promise<SendResult>;
  /** Tries all of a send but the sending; `to`: also whether the server takes mail for this address. */
  verify(to?: string): Promise<VerifyResult>;
  /** The mail server that mails are handed to. */
  server: { host: string; port: number };
  /** Mails being handed over, or waiting for a connection. */
  busy(): number;
  /** Takes no more mail, and breaks off what is being sent: each such send resolves as deferred. */
  abandon(): void;
  /** Takes no more mail, lets what is being sent finish (it has a deadline) and closes the connections. */
  close(): Promise<void>;
};

export type MailerOptions = {
  smtp: SmtpSettings;
  /** From of every mail that has none of its own: `a@b.c` or `Name <a@b.c>`. */
  from: string;
  /** Signs every mail when set. */
  dkim?: DkimSettings;
  /** Whose tracking is switched off in every mail; left out, it is taken from the server's name. */
  provider?: MailProvider;
  /** Connections to the mail server at once; a send waits for one within its deadline. Default 5. */
  concurrency?: number;
  /** In milliseconds. */
  timeouts?: Partial<SmtpTimeouts>;
};

const CLOSING: SendResult = {
  status: "deferred",
  about: "server",
  reason: "The mailer is closing.",
};

/** A mailer over a pool of SMTP connections, opened when first needed. Throws when `from` is malformed. */
export function createMailer({ smtp, from, concurrency = 5, ...options }: MailerOptions): Mailer {
  const defaultSender = parseMailbox(from, "from");
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const provider = options.provider ?? providerOf(smtp.host);
  const transport = createTransport({
    ...poolOptions(smtp, timeouts, concurrency),
    ...(options.dkim && { dkim: dkimOptions(options.dkim) }),
  });
  const inFlight = new Set<Promise<SendResult>>();
  const deadlines = new Set<AbortController>();
  let closing = false;

  async function deliver(message: CheckedMessage): Promise<SendResult> {
    const deadline = new AbortController();
    deadlines.add(deadline);
    // Aborting also closes the connection the mail is on: no half-sent mail goes out later.
    const timer = setTimeout(() => deadline.abort(), timeouts.send);
    try {
      const mail = toNodemailer(message, message.from ?? defaultSender, provider);
      const compiled = compileMessage(mail);
      const { messageId } = mail;
      const info = await transport.sendMail({ ...compiled, messageId, signal: deadline.signal });
      const { text } = readReply(info.response, smtp);
      return { status: "sent", messageId, response: text, refused: info.rejected };
    } catch (error) {
      return closing && deadline.signal.aborted ? CLOSING : classifyFailure(error, smtp);
    } finally {
      deadlines.delete(deadline);
      clearTimeout(timer);
    }
  }

  async function send(message: MailMessage): Promise<SendResult> {
    const checked = checkMessage(message);
    if (closing) return CLOSING;
    const delivery = deliver(checked);
    inFlight.add(delivery);
    try {
      return await delivery;
    } finally {
      inFlight.delete(delivery);
    }
  }

  function abandon(): void {
    closing = true;
    for (const deadline of deadlines) deadline.abort();
  }

  async function close(): Promise<void> {
    closing = true;
    await Promise.allSettled(inFlight);
    transport.close();
  }

  return {
    send,
    async verify(to) {
      const recipient = to === undefined ? undefined : parseAddress(to, "to");
      const envelope = { sender: defaultSender.address, ...(recipient && { recipient }) };
      return verifySmtp(smtp, timeouts, envelope);
    },
    server: { host: smtp.host, port: smtp.port },
    busy: () => inFlight.size,
    abandon,
    close,
  };
}

/**
 * RFC 3834 2 and 5: a program wrote this, so vacation notices and the like should not answer;
 * Exchange and Outlook listen to the second header. No Precedence, whose "bulk" costs a mail that
 * somebody waits for its place, and no List-Unsubscribe: these are answers, not a list.
 */
const AUTOMATIC = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

function toNodemailer(
  message: CheckedMessage,
  from: Mailbox,
  provider: MailProvider | null,
): MailComposerOptions & { messageId: string } {
  const { html, headers } = untracked(provider, message.html);
  const messageId = message.messageId ?? messageIdFor(randomUUID(), from.address);
  // Gmail makes no thread of emails that differ in it: the newest stands on its own, with the link that works.
  const entity = { "X-Entity-Ref-ID": messageId.slice(1, messageId.indexOf("@")) };
  const given = new Set(Object.keys(message.headers).map((name) => name.toLowerCase()));
  const defaults = Object.entries({ ...AUTOMATIC, ...entity }).filter(
    ([name]) => !given.has(name.toLowerCase()),
  );
  return {
    from,
    to: message.to,
    ...(message.replyTo && { replyTo: message.replyTo }),
    subject: message.subject,
    text: message.text,
    html,
    messageId,
    ...(message.date && { date: message.date }),
    headers: [
      ...[...defaults, ...Object.entries(message.headers)].map(([key, value]) => ({ key, value })),
      ...headers,
    ],
    // Nobody needs to know which version of what sends our mail.
    xMailer: false,
  };
}
