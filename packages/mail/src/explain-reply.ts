import { blameFor } from "./blame.ts";
import type { SmtpFailure, SmtpReply } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

/** What a server refuses in so many words: the session, the sign-in, the sender, the recipient, the mail. */
export function explainReply(failure: SmtpFailure, smtp: SmtpSettings): string | undefined {
  const { command, reply } = failure;
  const where = `${smtp.host}:${smtp.port}`;
  if (failure.code === "EAUTH") return explainSignIn(failure, smtp);
  if (!reply) return undefined;
  if (reply.code === undefined) return explainForeignProtocol(reply, where);
  if (reply.code >= 400 && reply.code < 500) return explainForNow(reply, where);
  if (reply.code < 500) return undefined;
  switch (blameFor(command, reply)) {
    case "sign-in":
      return (
        `The server at ${where} passes mail on only after a sign-in, or not for this machine (it said: ${reply.text}). ` +
        "Set MAIL_USERNAME and MAIL_PASSWORD; if they are set, check that MAIL_SERVER is your own provider's server and MAIL_PORT its port for sending (usually 587)."
      );
    case "sender":
      return (
        `The server at ${where} refuses the sender (it said: ${reply.text}). ` +
        "Set MAIL_DEFAULT_SENDER to an address that exists and that MAIL_USERNAME may send from."
      );
    case "recipient":
      return (
        `The server at ${where} refuses the recipient (it said: ${reply.text}). ` +
        "The address does not exist or takes no mail from MAIL_DEFAULT_SENDER: check it for a typing error."
      );
    case "message":
      return explainRefusedMail(reply, where);
    case "session":
      return (
        `The server at ${where} refuses to talk to this machine (it said: ${reply.text}). ` +
        "Check that MAIL_SERVER is a server you may send through, and ask whoever runs it whether this machine's address is blocked."
      );
  }
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

function explainRefusedMail({ code, enhanced, text }: SmtpReply, where: string): string {
  if (code === 552 || enhanced === "5.3.4") {
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
