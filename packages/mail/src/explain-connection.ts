import type { SmtpFailure } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

/** What stands in the way before a word of SMTP is exchanged: the name, the way there, silence. */
export function explainConnection(failure: SmtpFailure, smtp: SmtpSettings): string | undefined {
  const where = `${smtp.host}:${smtp.port}`;
  if (failure.code === "EDNS") return explainName(failure, smtp);
  switch (failure.systemCode) {
    case "ECONNREFUSED":
      return (
        `Nothing answers at ${where}: the connection was refused. Check MAIL_SERVER and MAIL_PORT ` +
        "(587 with MAIL_USE_TLS, 465 with MAIL_USE_SSL, 25 between servers), and that the mail server is running."
      );
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return (
        `There is no route to ${where}. Check this machine's network and any firewall in between, ` +
        "and that MAIL_SERVER is reachable from here."
      );
    case "ERR_SOCKET_BAD_PORT":
      return `MAIL_PORT is ${smtp.port}, which is not a port. Set it to a number from 1 to 65535, usually 587.`;
    case "EABORT":
      return (
        `The mail server at ${where} took too long, and the connection was closed. ` +
        "Try again later; if it keeps happening, check the load of the server that MAIL_SERVER names."
      );
  }
  if (failure.code === "ETIMEDOUT" || failure.systemCode === "ETIMEDOUT") {
    return explainSilence(failure, smtp);
  }
  if (failure.code === "ECONNECTION" || failure.systemCode === "ECONNRESET") {
    return (
      `The server at ${where} hung up in the middle of the conversation. ` +
      "If it happens every time, check that MAIL_PORT is an SMTP port and that the server accepts this machine's address; otherwise try again later."
    );
  }
  return undefined;
}

function explainName(failure: SmtpFailure, { host }: SmtpSettings): string {
  if (failure.systemCode === "ENOTFOUND") {
    return `There is no host called ${host}. Check MAIL_SERVER for a typing error.`;
  }
  return (
    `The name ${host} could not be looked up: the name server did not answer (${failure.systemCode}). ` +
    "Check this machine's network and DNS, then try again; MAIL_SERVER also takes an IP address."
  );
}

function explainSilence({ timeout }: SmtpFailure, { host, port, security }: SmtpSettings): string {
  const where = `${host}:${port}`;
  if (timeout === "GREETING_TIMEOUT") {
    return (
      `Something listens at ${where} but never sent an SMTP greeting. ` +
      "Either that port expects TLS at once (465 does): set MAIL_USE_SSL=true and MAIL_USE_TLS=false. " +
      "Or it is not an SMTP port (a web server's, perhaps): check MAIL_PORT."
    );
  }
  if (timeout === "UPGRADE_TIMEOUT") {
    return (
      `The server at ${where} agreed to STARTTLS and then never finished the TLS handshake. ` +
      "Check MAIL_PORT, and any proxy or firewall in between that may interfere with STARTTLS; MAIL_USE_SSL with port 465 gets past most of those."
    );
  }
  if (timeout === "SOCKET_TIMEOUT") {
    return (
      `The server at ${where} stopped answering in the middle of the conversation. ` +
      "Try again later; if it keeps happening, check the load of the server that MAIL_SERVER names."
    );
  }
  const tlsHint = security === "tls" ? " or that the port does not expect MAIL_USE_SSL" : "";
  return (
    `No answer from ${where} in time. Usually a firewall drops the packets (many hosts block port 25)${tlsHint}. ` +
    "Check MAIL_SERVER and MAIL_PORT, try port 587 with MAIL_USE_TLS, and ask whoever runs the network whether outgoing mail is allowed."
  );
}
