import type { NodemailerError } from "nodemailer";
import { judgeReply, parseReply, type ReplyVerdict } from "./reply-verdict.ts";
import type { SmtpSettings } from "./transport-settings.ts";

/** What a server answered (RFC 5321 4.2): safe to print, on one line, without our credentials. */
export type SmtpReply = {
  /** The three digits; undefined when the peer does not speak SMTP. */
  code: number | undefined;
  /** RFC 3463 enhanced status, such as `5.7.8`. */
  enhanced: string | undefined;
  text: string;
  /** What it means for the mail that it refused. */
  verdict: ReplyVerdict;
};

/** A failed SMTP conversation, read once so that nobody else has to know nodemailer's error fields. */
export type SmtpFailure = {
  /** nodemailer's own: ESOCKET, ETIMEDOUT, EDNS, ETLS, EAUTH, EENVELOPE, EMESSAGE, EABORT, … */
  code: string;
  /** What lies under it: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED, … */
  systemCode: string;
  /** The command that was answered: `CONN` (the greeting), `MAIL FROM`, `RCPT TO`, `DATA`, `AUTH PLAIN`, … */
  command: string;
  timeout: NonNullable<NodemailerError["timeoutType"]> | undefined;
  reply: SmtpReply | undefined;
  /** What the server's certificate is for, when that was the trouble. */
  certificateNames: string;
  /** The error's own words, safe to print. */
  detail: string;
};

export function readFailure(error: unknown, settings: SmtpSettings): SmtpFailure {
  const raw: Partial<NodemailerError & { cert: { subjectaltname?: string } }> =
    error instanceof Error ? error : {};
  return {
    code: raw.code ?? "",
    systemCode: raw.originalCode ?? raw.code ?? "",
    command: raw.command ?? "",
    timeout: raw.timeoutType,
    reply: raw.response ? readReply(raw.response, settings, raw.command) : undefined,
    certificateNames: printable(raw.cert?.subjectaltname ?? "", settings),
    detail: printable(error instanceof Error ? error.message : String(error), settings),
  };
}

const CONVERSATION_CODES = new Set(
  "ECONNECTION ESOCKET ETIMEDOUT EDNS ETLS EPROTOCOL EAUTH EABORT".split(" "),
);

/** Whether a server, the network or a setting failed us; anything else is a bug of ours. */
export function isConversationFailure({ code, reply }: SmtpFailure): boolean {
  return reply !== undefined || CONVERSATION_CODES.has(code);
}

export function readReply(response: string, settings: SmtpSettings, command = ""): SmtpReply {
  const { code, status: enhanced } = parseReply(response);
  const text = printable(response, settings);
  return { code, enhanced, text, verdict: judgeReply(command, response) };
}

/**
 * One line of at most 300 characters, well-formed even where the cut fell into one, as PostgreSQL
 * refuses JSON that is not. Some servers echo the AUTH line they refuse: the secret goes.
 */
function printable(text: string, { auth }: SmtpSettings): string {
  let line = text;
  for (const secret of auth ? secretForms(auth) : []) line = line.replaceAll(secret, "•••");
  line = line.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300).toWellFormed()}…` : line;
}

function secretForms({ user, password }: NonNullable<SmtpSettings["auth"]>): string[] {
  const forms = [`\0${user}\0${password}`, password].map((s) => Buffer.from(s).toString("base64"));
  return [...forms, password].filter((form) => form !== "");
}
