import { blameFor } from "./blame.ts";
import { explainSmtpFailure } from "./explain.ts";
import { isConversationFailure, readFailure, type SmtpFailure } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

export type SendResult =
  /** The server took responsibility (RFC 5321 4.2.5) for every recipient but those in `refused`. */
  | { status: "sent"; messageId: string; response: string; refused: string[] }
  /**
   * Not now, worth another attempt. `about` says whether this mail is meant, or the server, the
   * network or our settings stand in the way of every mail.
   */
  | { status: "deferred"; about: "mail" | "server"; reason: string; response?: string }
  /** Never: the server refuses this address or this message for good. */
  | { status: "bounced"; reason: string; response: string };

/**
 * What a failed send means for the message. Throws the error again when it is none of a mail
 * server's making.
 */
export function classifyFailure(
  error: unknown,
  smtp: SmtpSettings,
): Exclude<SendResult, { status: "sent" }> {
  const failure = readFailure(error, smtp);
  if (!isConversationFailure(failure)) throw error;
  const reason = explainSmtpFailure(error, smtp);
  const response = failure.reply?.text;
  if (response === undefined) return { status: "deferred", about: "server", reason };
  if (isPermanent(failure)) return { status: "bounced", reason, response };
  return { status: "deferred", about: isAboutMail(failure) ? "mail" : "server", reason, response };
}

/** RFC 5321 4.2.1: 4yz is for now, 5yz for good, as far as it is about this address or this message. */
function isPermanent(failure: SmtpFailure): boolean {
  const code = failure.reply?.code ?? 0;
  return code >= 500 && code <= 599 && isAboutMail(failure);
}

function isAboutMail({ command, reply }: SmtpFailure): boolean {
  // RFC 5321 3.8: 421 closes the channel, whatever was asked. RFC 3463 3.4: x.3.y is the state of the
  // mail system, such as a full disk.
  if (reply?.code === undefined || reply.code === 421 || reply.enhanced?.startsWith("4.3.")) {
    return false;
  }
  const blame = blameFor(command, reply);
  return blame === "recipient" || blame === "message";
}
