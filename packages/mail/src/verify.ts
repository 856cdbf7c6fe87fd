import type { TLSSocket } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { explainSmtpFailure } from "./explain.ts";
import { isConversationFailure, readFailure, readReply } from "./smtp-failure.ts";
import { connectionOptions, type SmtpSettings, type SmtpTimeouts } from "./transport-settings.ts";

/** `steps` are sentences on what worked, in order; on failure, those before it. */
export type VerifyResult =
  | { ok: true; steps: string[] }
  | { ok: false; explanation: string; steps: string[] };

/** Bare addresses. */
export type Envelope = { sender: string; recipient?: string };

/**
 * Connects, encrypts, signs in and names the sender as a send would, and the recipient if there is one,
 * then takes it all back with RSET: nothing is sent. Takes at most `timeouts.send` milliseconds.
 */
export async function verifySmtp(
  smtp: SmtpSettings,
  timeouts: SmtpTimeouts,
  { sender, recipient }: Envelope,
): Promise<VerifyResult> {
  const steps: string[] = [];
  const refused = new Map<string, string>();
  const connection = new SMTPConnection({
    ...connectionOptions(smtp, timeouts),
    ...noteRefusals(refused),
  });
  const said = (command: string) => {
    const reply = refused.get(command);
    return reply === undefined ? undefined : readReply(reply, smtp, command).text;
  };
  try {
    await withDeadline(connection, timeouts.send, async () => {
      await connect(connection);
      steps.push(...describeSession(connection, smtp, said));
      if (smtp.auth && !connection.allowsAuth) throw noSignInOffered(said("STARTTLS"));
      if (smtp.auth) await signIn(connection, smtp.auth);
      steps.push(smtp.auth ? `Signed in as ${smtp.auth.user}.` : "No sign-in: no MAIL_USERNAME.");
      await ask(connection, "MAIL FROM", `MAIL FROM:<${sender}>`);
      steps.push(`Takes email from ${sender}.`);
      if (recipient !== undefined) {
        await ask(connection, "RCPT TO", `RCPT TO:<${recipient}>`);
        steps.push(`Takes email for ${recipient}.`);
      }
      await ask(connection, "RSET", "RSET");
    });
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

/** nodemailer's own parts, which its types leave out: there is no public way to ask without sending. */
type Internals = {
  _responseActions: ((reply: string) => void)[];
  _sendCommand(line: string): void;
};

function ask(connection: SMTPConnection, command: string, line: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const internals = connection as unknown as Internals;
  internals._responseActions.push((response) => {
    if (response.startsWith("2")) return resolve();
    const fields = { code: "EENVELOPE", command, response };
    reject(Object.assign(new Error(`${command} was refused`), fields));
  });
  internals._sendCommand(line);
  return promise;
}

/** nodemailer goes on without what a server refuses, and says so to its log only. */
function noteRefusals(refused: Map<string, string>) {
  let command = "";
  const debug = (entry: { tnx?: string }, line = "") => {
    if (entry.tnx === "client") command = line.split(" ", 1)[0] ?? "";
    else if (entry.tnx === "server" && /^[45]/.test(line)) refused.set(command, line);
  };
  return { debug: true, logger: { debug } };
}

function noSignInOffered(refusedTls: string | undefined): Error {
  const message = refusedTls
    ? `the server refused STARTTLS just now (it said: ${refusedTls}), and no password is sent unencrypted then`
    : "the server does not offer it on this connection";
  return Object.assign(new Error(message), { code: "EAUTH" });
}

function describeSession(
  connection: SMTPConnection,
  smtp: SmtpSettings,
  said: (command: string) => string | undefined,
): string[] {
  const socket = connection._socket || undefined;
  const address = socket?.remoteAddress;
  const at = address && address !== smtp.host ? ` (${address})` : "";
  const name = /^250[ -]([\w.:[\]-]+)/.exec(connection.lastServerResponse || "")?.[1];
  return [
    `Connected to ${smtp.host}:${smtp.port}${at}${name ? `, which calls itself ${name}` : ""}, as ${connection.name}.`,
    connection.secure ? describeTls(socket as TLSSocket, smtp) : notEncrypted(said),
  ];
}

function notEncrypted(said: (command: string) => string | undefined): string {
  const [tls, hello] = [said("STARTTLS"), said("EHLO")];
  if (tls) {
    return `Not encrypted: the server offers STARTTLS and refused it just now (it said: ${tls}). MAIL_USE_TLS=true would rather send nothing.`;
  }
  if (hello) {
    return `Not encrypted: the server refused EHLO (it said: ${hello}) and took HELO, which knows no STARTTLS. MAIL_HELO_NAME is how this machine introduces itself.`;
  }
  return "Not encrypted: the server offers no STARTTLS, and neither MAIL_USE_TLS nor MAIL_USE_SSL asks for it.";
}

function describeTls(socket: TLSSocket, { security }: SmtpSettings): string {
  const version = (socket.getProtocol() ?? "TLS").replace("TLSv", "TLS ");
  if (security === "none") {
    return `Encrypted with ${version}, certificate not checked: MAIL_USE_TLS=true would demand a trusted one.`;
  }
  const until = socket.getPeerX509Certificate()?.validToDate.toISOString().slice(0, 10);
  return `Encrypted with ${version}, trusted certificate${until ? ` valid until ${until}` : ""}.`;
}
