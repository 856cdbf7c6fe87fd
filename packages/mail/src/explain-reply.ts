import type { Cause } from "./reply-rules.ts";
import type { SmtpFailure, SmtpReply } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

/** What a server refuses in so many words: whose fault it is, and what to do. */
export function explainReply(failure: SmtpFailure, smtp: SmtpSettings): string | undefined {
  const { command, reply } = failure;
  const where = `${smtp.host}:${smtp.port}`;
  if (failure.code === "EAUTH") return explainSignIn(failure, smtp);
  if (!reply) return undefined;
  if (reply.code === undefined) return explainForeignProtocol(reply, where);
  if (reply.code < 400) return undefined;
  const { cause } = reply.verdict;
  const known = explainCause(cause, reply, where);
  if (known !== null) return known;
  if (reply.code < 500) return explainForNow(reply, where);
  if (command === "RCPT TO") return explainRecipient(reply, where);
  if (command === "DATA") return explainRefusedMail(reply, where);
  if (command === "MAIL FROM") return explainSender(reply, where);
  if (command === "EHLO" || command === "HELO") return explainHello(reply, where);
  return (
    `The server at ${where} refuses to talk to this machine (it said: ${reply.text}). ` +
    "Check that MAIL_SERVER is a server you may send through, and ask whoever runs it whether this machine's address is blocked."
  );
}

function explainCause(cause: Cause, reply: SmtpReply, where: string): string | null {
  const { code = 0, text } = reply;
  switch (cause) {
    case "mailbox":
      return code < 500
        ? `The server at ${where} cannot tell yet whether the recipient's mailbox exists (it said: ${text}). It is tried again.`
        : `The server at ${where} refuses the recipient (it said: ${text}). ` +
            "There is no such mailbox, or it is shut: check the address for a typing error.";
    case "mailbox-full":
      return (
        `The recipient's mailbox is full, says the server at ${where} (it said: ${text}). ` +
        "Only its owner can make room; it is tried again."
      );
    case "recipient":
      return code < 500 ? null : explainRecipient(reply, where);
    case "sign-in":
      return (
        `The server at ${where} passes mail on only after a sign-in, or not for this machine (it said: ${text}). ` +
        "Set MAIL_USERNAME and MAIL_PASSWORD; if they are set, check that MAIL_SERVER is your own provider's server and MAIL_PORT its port for sending (usually 587)."
      );
    case "sender":
      return explainSender(reply, where);
    case "limit":
      return (
        `We send more than our account at ${where} may (it said: ${text}). No reader is at fault: emails wait and are tried again. ` +
        "Ask the mail provider about the limits of MAIL_USERNAME, or set MAIL_RATE_PER_SECOND below them."
      );
    case "reputation":
      return (
        `Our own standing is the trouble: the server at ${where} blocks the address, domain or account that we send from (it said: ${text}). ` +
        "Ask whoever runs it, or the blocklist it names, for the reason and the way off it."
      );
    case "hello":
      return explainHello(reply, where);
    case "size":
    case "policy":
      return explainRefusedMail(reply, where);
    case "server":
    case "unknown":
      return null;
  }
}

function explainSender({ text }: SmtpReply, where: string): string {
  return (
    `The server at ${where} refuses the sender, which is ours (it said: ${text}). ` +
    "Set MAIL_DEFAULT_SENDER to an address that exists, that MAIL_USERNAME may send from and that is verified with the provider, and check SPF, DKIM and DMARC of its domain."
  );
}

function explainRecipient({ text }: SmtpReply, where: string): string {
  return (
    `The server at ${where} does not take mail for this recipient just now (it said: ${text}). ` +
    "That may be the recipient's own choice or a trouble on their side. It is tried again; if it happens to many, ask whoever runs the server that MAIL_SERVER names."
  );
}

function explainHello({ text }: SmtpReply, where: string): string {
  return (
    `The server at ${where} refuses how this machine introduces itself (it said: ${text}). ` +
    "Set MAIL_HELO_NAME to this machine's full name in the DNS, and have the address it sends from resolve to that name and back."
  );
}

function explainForNow({ code, text }: SmtpReply, where: string): string {
  if (code === 421 || code === 450 || code === 451 || code === 452) {
    return (
      `The server at ${where} asks to come back later (it said: ${text}). Try again in a few minutes. ` +
      "If it lasts, you may be sending more than the account of MAIL_USERNAME is allowed: ask your mail provider about its limits."
    );
  }
  return (
    `The server at ${where} has a passing trouble (it said: ${text}). ` +
    "Try again later; if it lasts, ask whoever runs the server that MAIL_SERVER names."
  );
}

function explainRefusedMail({ code, text, verdict }: SmtpReply, where: string): string {
  if (verdict.cause === "size" || code === 552) {
    return (
      `The mail is larger than the server at ${where} takes (it said: ${text}). ` +
      "Shorten it, or raise the limit on the server that MAIL_SERVER names."
    );
  }
  return (
    `The server at ${where} refuses the mail itself (it said: ${text}). ` +
    "If it takes the mail for spam, check SPF, DKIM and DMARC of the domain in MAIL_DEFAULT_SENDER."
  );
}

function explainForeignProtocol(reply: SmtpReply, where: string): string {
  const readingMail = /^(?:\* |\+OK)/.test(reply.text);
  const hint = readingMail
    ? "That is a port for reading mail (IMAP or POP3)."
    : "It is some other service.";
  return (
    `What answers at ${where} does not speak SMTP (it said: ${reply.text}). ${hint} ` +
    "Set MAIL_PORT to the port for sending mail, usually 587 with MAIL_USE_TLS or 465 with MAIL_USE_SSL."
  );
}

function explainSignIn({ reply, detail }: SmtpFailure, smtp: SmtpSettings): string {
  const where = `${smtp.host}:${smtp.port}`;
  if (!reply) {
    return (
      `Signing in to ${where} is not possible: ${detail}. ` +
      "The server may offer it only after TLS: set MAIL_USE_TLS=true. If it needs no sign-in, leave MAIL_USERNAME and MAIL_PASSWORD empty."
    );
  }
  // 432, 454: temporary authentication failure (RFC 4954 6); 421: the server is closing.
  if (reply.code !== undefined && reply.code < 500) {
    return (
      `The server at ${where} cannot check the sign-in just now (it said: ${reply.text}). ` +
      "Try again later; MAIL_USERNAME and MAIL_PASSWORD may well be right."
    );
  }
  // 500, 502, 504: no AUTH, or not this mechanism. 538 and 5.7.11: only over an encrypted connection.
  if ([500, 502, 503, 504, 538].includes(reply.code ?? 0) || reply.enhanced === "5.7.11") {
    return (
      `The server at ${where} does not take a user name and password this way (it said: ${reply.text}). ` +
      "Set MAIL_USE_TLS=true if it signs in only after TLS; leave MAIL_USERNAME and MAIL_PASSWORD empty if it needs no sign-in."
    );
  }
  return (
    `The server at ${where} did not accept the user name ${smtp.auth?.user ?? ""} with its password (it said: ${reply.text}). ` +
    `Check MAIL_USERNAME and MAIL_PASSWORD.${providerHint(reply, smtp)}`
  );
}

function providerHint({ text, enhanced }: SmtpReply, { host }: SmtpSettings): string {
  if (/(?:^|\.)(?:gmail|googlemail|google)\.com$/i.test(host) || /gsmtp/i.test(text)) {
    return " Gmail wants an app password here, not the account's own: turn on 2-step verification and make one at https://myaccount.google.com/apppasswords.";
  }
  if (enhanced === "5.7.139" || /(?:^|\.)(?:office365|outlook)\.com$/i.test(host)) {
    return " Microsoft 365 has sign-in by password turned off for most mailboxes: an administrator must allow Authenticated SMTP for this one.";
  }
  if (enhanced === "5.7.9") return " This account needs an app password made for mail programs.";
  return "";
}
