import type { SMTPConnectionOptions, SMTPPoolOptions } from "nodemailer";

/** How a mail server is reached: MAIL_SERVER, MAIL_PORT, MAIL_USE_TLS / MAIL_USE_SSL, MAIL_USERNAME, MAIL_PASSWORD. */
export type SmtpSettings = {
  host: string;
  port: number;
  /**
   * - `starttls` (MAIL_USE_TLS): STARTTLS (RFC 3207) with a trusted certificate, or nothing is sent.
   * - `tls` (MAIL_USE_SSL): TLS from the first byte (RFC 8314), with a trusted certificate.
   * - `none` (neither): plain text, encrypted without a check of the certificate where the server
   *   offers STARTTLS (opportunistic security, RFC 7435, like Postfix's `may`). That keeps
   *   listeners out and stops nobody who can alter the traffic.
   */
  security: "none" | "starttls" | "tls";
  auth?: { user: string; password: string };
  /** What this machine calls itself in EHLO; left out, its host name if that is fully qualified, else `[127.0.0.1]`. */
  heloName?: string;
  /** PEM of the authorities to trust in place of Node's own; NODE_EXTRA_CA_CERTS adds to those instead. */
  ca?: string;
};

/** In milliseconds: to connect (name, TCP, TLS), to be greeted, of silence, and for a whole send. */
export type SmtpTimeouts = { connection: number; greeting: number; socket: number; send: number };

export const defaultTimeouts: SmtpTimeouts = {
  connection: 10_000,
  greeting: 10_000,
  socket: 20_000,
  send: 30_000,
};

/** What one nodemailer connection needs; the credentials are not in it. */
export function connectionOptions(
  smtp: SmtpSettings,
  timeouts: SmtpTimeouts,
): SMTPConnectionOptions {
  return {
    host: smtp.host,
    port: smtp.port,
    ...(smtp.heloName !== undefined && { name: smtp.heloName }),
    // Said in so many words: left out, nodemailer would take TLS for granted on port 465.
    secure: smtp.security === "tls",
    requireTLS: smtp.security === "starttls",
    opportunisticTLS: smtp.security === "none",
    tls: tlsOptions(smtp),
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    // How long a server may keep its side open after we closed ours.
    socketCloseTimeout: 1000,
  };
}

/** What the pooled nodemailer transport of the mailer needs, credentials included: never log it. */
export function poolOptions(
  smtp: SmtpSettings,
  timeouts: SmtpTimeouts,
  maxConnections: number,
): SMTPPoolOptions & { pool: true } {
  return {
    ...connectionOptions(smtp, timeouts),
    pool: true,
    maxConnections,
    // nodemailer requeues only a mail of which no byte was sent (the server had dropped the idle
    // connection). It may meet every idle connection that way, and then it has a new one, whose server
    // says why it takes nothing; every other retry belongs to the job queue.
    maxRequeues: maxConnections,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(smtp.auth && { auth: { user: smtp.auth.user, pass: smtp.auth.password } }),
  };
}

function tlsOptions(smtp: SmtpSettings): SMTPConnectionOptions["tls"] {
  if (smtp.security === "none") {
    // An untrusted certificate or an old protocol is still no worse than the plain text asked for.
    return { rejectUnauthorized: false, minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };
  }
  return { minVersion: "TLSv1.2", ...(smtp.ca !== undefined && { ca: smtp.ca }) };
}
