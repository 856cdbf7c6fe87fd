import type { TLSSocket } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { explainSmtpFailure } from "./explain.ts";
import { isConversationFailure, readFailure } from "./smtp-failure.ts";
import { connectionOptions, type SmtpSettings, type SmtpTimeouts } from "./transport-settings.ts";

/** `steps` are sentences on what worked, in order; on failure, those before it. */
export type VerifyResult =
  | { ok: true; steps: string[] }
  | { ok: false; explanation: string; steps: string[] };

/**
 * Connects, encrypts and signs in as a send would, and sends nothing. Takes at most
 * `timeouts.send` milliseconds.
 */
export async function verifySmtp(
  smtp: SmtpSettings,
  timeouts: SmtpTimeouts,
): Promise<VerifyResult> {
  const steps: string[] = [];
  const connection = new SMTPConnection(connectionOptions(smtp, timeouts));
  try {
    await withDeadline(connection, timeouts.send, async () => {
      await connect(connection);
      steps.push(...describeSession(connection, smtp));
      if (smtp.auth && !connection.allowsAuth) throw noSignInOffered();
      if (smtp.auth) await signIn(connection, smtp.auth);
    });
    steps.push(smtp.auth ? `Signed in as ${smtp.auth.user}.` : "No sign-in: no MAIL_USERNAME.");
    connection.quit();
    return { ok: true, steps };
  } catch (error) {
    connection.close();
    if (!isConversationFailure(readFailure(error, smtp))) throw error;
    if (steps.length === 0 && connection.stage === "connected") {
      steps.push(`Connected to ${smtp.host}:${smtp.port}.`);
    }
    return { ok: false, explanation: explainSmtpFailure(error, smtp), steps };
  }
}

/** Rejects on whichever comes first: the task's own error, the connection's, or the deadline. */
async function withDeadline(
  connection: SMTPConnection,
  milliseconds: number,
  task: () => Promise<void>,
): Promise<void> {
  const broken = Promise.withResolvers<never>();
  // Left on afterwards: a connection that breaks while it says QUIT is of no interest.
  connection.on("error", broken.reject);
  const timer = setTimeout(() => {
    broken.reject(Object.assign(new Error("Verification timed out"), { code: "EABORT" }));
  }, milliseconds);
  try {
    await Promise.race([task(), broken.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    // Failures come as the "error" event, but for a hang-up before the greeting, which comes here.
    connection.once("error", reject);
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

function signIn(
  connection: SMTPConnection,
  { user, password }: NonNullable<SmtpSettings["auth"]>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const auth = { user, credentials: { user, pass: password } };
    connection.login(auth, (error) => (error ? reject(error) : resolve()));
  });
}

function noSignInOffered(): Error {
  const message = "the server does not offer it on this connection";
  return Object.assign(new Error(message), { code: "EAUTH" });
}

function describeSession(connection: SMTPConnection, smtp: SmtpSettings): string[] {
  const socket = connection._socket || undefined;
  const address = socket?.remoteAddress;
  const at = address && address !== smtp.host ? ` (${address})` : "";
  const name = /^250[ -]([\w.:[\]-]+)/.exec(connection.lastServerResponse || "")?.[1];
  return [
    `Connected to ${smtp.host}:${smtp.port}${at}${name ? `, which calls itself ${name}` : ""}.`,
    connection.secure ? describeTls(socket as TLSSocket, smtp) : NOT_ENCRYPTED,
  ];
}

const NOT_ENCRYPTED =
  "Not encrypted: the server offers no STARTTLS, and neither MAIL_USE_TLS nor MAIL_USE_SSL asks for it.";

function describeTls(socket: TLSSocket, { security }: SmtpSettings): string {
  const version = (socket.getProtocol() ?? "TLS").replace("TLSv", "TLS ");
  if (security === "none") {
    return `Encrypted with ${version}, certificate not checked: MAIL_USE_TLS=true would demand a trusted one.`;
  }
  const until = socket.getPeerX509Certificate()?.validToDate.toISOString().slice(0, 10);
  return `Encrypted with ${version}, trusted certificate${until ? ` valid until ${until}` : ""}.`;
}
