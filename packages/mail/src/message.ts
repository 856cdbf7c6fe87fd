import { InvalidMessageError, quote, refuseControls } from "./invalid-message-error.ts";
import { type Mailbox, parseAddress, parseMailbox } from "./mailbox.ts";
import { checkMessageId } from "./message-id.ts";

/** A mail as a template renders it. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** A mail to send. `to` holds bare addresses; `from` and `replyTo` may carry a name: `Rekey <a@b.c>`. */
export type MailMessage = {
  to: string | string[];
  subject: string;
  text: string;
  html: string;
  /** Instead of the mailer's own sender. */
  from?: string;
  replyTo?: string;
  /** With its angle brackets; see `messageIdFor`. A new one is made when it is absent. */
  messageId?: string;
  /** For the Date header; this process's own clock when it is absent. */
  date?: Date;
  /** Further headers by name; not those that the fields above or the mailer write. */
  headers?: Record<string, string>;
};

/** A message whose every header is safe to write, with its addresses parsed. */
export type CheckedMessage = {
  to: Mailbox[];
  subject: string;
  text: string;
  html: string;
  from: Mailbox | undefined;
  replyTo: Mailbox | undefined;
  messageId: string | undefined;
  date: Date | undefined;
  headers: Record<string, string>;
};

/** RFC 5322 3.6.8 field name: printable ASCII but the colon. */
const HEADER_NAME = /^[!-9;-~]{1,76}$/;
/** Headers that address, route or frame a mail. From `headers` they would add recipients or a second body. */
const RESERVED_HEADER =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|content-.*|return-path|received|dkim-signature|resent-.*)$/i;

/**
 * Refuses header injection and anything but one plain mailbox per address by throwing
 * InvalidMessageError with a sentence for the log; returns the message with its addresses parsed.
 */
export function checkMessage(message: MailMessage): CheckedMessage {
  const to = [message.to].flat().map((address) => ({
    name: "",
    address: parseAddress(address, "to"),
  }));
  if (to.length === 0) {
    throw new InvalidMessageError("NO_RECIPIENT", "to", "The message has no recipient");
  }
  refuseControls(message.subject, "subject");
  return {
    to,
    subject: message.subject,
    text: message.text,
    html: message.html,
    from: message.from === undefined ? undefined : parseMailbox(message.from, "from"),
    replyTo: message.replyTo === undefined ? undefined : parseMailbox(message.replyTo, "replyTo"),
    messageId: message.messageId === undefined ? undefined : checkMessageId(message.messageId),
    date: message.date,
    headers: checkHeaders(message.headers ?? {}),
  };
}

function checkHeaders(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    refuseControls(name, "header name");
    if (!HEADER_NAME.test(name)) {
      throw new InvalidMessageError(
        "MALFORMED_HEADER",
        name,
        `A header's name is printable ASCII without a colon, not ${quote(name)}`,
      );
    }
    if (RESERVED_HEADER.test(name)) {
      throw new InvalidMessageError(
        "RESERVED_HEADER",
        name,
        `The header ${quote(name)} is written by the mailer and cannot be set through headers`,
      );
    }
    refuseControls(value, `header ${name}`);
  }
  return headers;
}
