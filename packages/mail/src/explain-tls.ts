import type { SmtpFailure, SmtpReply } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

const UNTRUSTED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_UNTRUSTED",
  "CERT_SIGNATURE_FAILURE",
]);

/** What goes wrong between a TCP connection and an encrypted one. */
export function explainTls(failure: SmtpFailure, smtp: SmtpSettings): string | undefined {
  const where = `${smtp.host}:${smtp.port}`;
  const demanded = smtp.security === "starttls";
  if (demanded && failure.command === "STARTTLS" && failure.reply) {
    return explainNoStarttls(failure.reply, where);
  }
  if (UNTRUSTED.has(failure.systemCode)) {
    return (
      `The certificate of ${where} is not signed by an authority this machine trusts (${failure.systemCode}). ` +
      "Nothing was sent. If it is your own authority, point NODE_EXTRA_CA_CERTS to its PEM file; otherwise check that MAIL_SERVER is the right server."
    );
  }
  switch (failure.systemCode) {
    case "CERT_HAS_EXPIRED":
      return (
        `The certificate of ${where} has expired. Nothing was sent. ` +
        "Have it renewed on the server that MAIL_SERVER names, and check the clock of this machine."
      );
    case "CERT_NOT_YET_VALID":
      return (
        `The certificate of ${where} is not valid yet. Nothing was sent. ` +
        "Check the clock of this machine first, then the certificate on the server that MAIL_SERVER names."
      );
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return (
        `The certificate of ${where} is for another name: ${failure.certificateNames || failure.detail}. Nothing was sent. ` +
        "Set MAIL_SERVER to the name of the server that is in the certificate."
      );
  }
  if (isNotTls(failure)) return explainNotTls(where, smtp);
  if (failure.code === "ETLS" || /^(?:ERR_(?:SSL|TLS)_|EPROTO$)/.test(failure.systemCode)) {
    return (
      `The server at ${where} and this machine could not agree on TLS: ${failure.detail}. Nothing was sent. ` +
      "The server needs TLS 1.2 or newer; check MAIL_SERVER and MAIL_PORT, and update the server's TLS settings."
    );
  }
  return undefined;
}

function explainNoStarttls({ code = 0, text }: SmtpReply, where: string): string {
  // 454: it knows STARTTLS, but TLS is not available for a temporary reason (RFC 3207 4).
  if (code < 500) {
    return (
      `The server at ${where} cannot start TLS just now (it said: ${text}). ` +
      "Nothing was sent in plain text, because MAIL_USE_TLS demands TLS. Try again later."
    );
  }
  // RFC 5321 4.2.4: these say that it does not know the command, or not here.
  if (![500, 502, 503, 504, 530].includes(code)) {
    return (
      `The server at ${where} refuses to start TLS (it said: ${text}). ` +
      "Nothing was sent in plain text, because MAIL_USE_TLS demands TLS. Check the TLS settings of the server that MAIL_SERVER names."
    );
  }
  return (
    `The server at ${where} does not offer STARTTLS, and MAIL_USE_TLS demands it. Nothing was sent in plain text. ` +
    "Check MAIL_PORT (587 usually offers it), or set MAIL_USE_SSL=true instead with a port of implicit TLS (465); " +
    "only in a network you trust, set MAIL_USE_TLS=false to send unencrypted."
  );
}

/** OpenSSL's words for bytes that are not TLS at all, such as an SMTP greeting or an HTTP reply. */
function isNotTls({ systemCode, detail }: SmtpFailure): boolean {
  return (
    /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL)$/.test(
      systemCode,
    ) || /wrong version number|packet length too long|before secure TLS connection/i.test(detail)
  );
}

function explainNotTls(where: string, { security }: SmtpSettings): string {
  if (security !== "tls") {
    return (
      `The server at ${where} agreed to STARTTLS but then did not speak TLS. Nothing was sent. ` +
      "Check MAIL_SERVER and MAIL_PORT, and any proxy in between; the server's TLS settings need a look."
    );
  }
  return (
    `The port ${where} does not speak TLS from the first byte, as MAIL_USE_SSL asks. Nothing was sent. ` +
    "If it is an SMTP port with STARTTLS (587, 25), set MAIL_USE_TLS=true and MAIL_USE_SSL=false; otherwise set MAIL_PORT to the implicit-TLS port, usually 465."
  );
}
