import { explainSmtpFailure } from "./explain.ts";
import type { Cause } from "./reply-rules.ts";
import { isConversationFailure, readFailure } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

export type SendResult =
  /** The server took responsibility (RFC 5321 4.2.5) for every recipient but those in `refused`. */
  | { status: "sent"; messageId: string; response: string; refused: string[] }
  /**
   * Not now, worth another attempt. `about` says whether this mail is meant, or the server, the
   * network, our settings or our standing stand in the way of every mail. `cause` is what the server
   * said it for. `hidden`: `verify`, which sends nothing, would not meet it.
   */
  | {
      status: "deferred";
      about: "mail" | "server";
      cause?: Cause;
      hidden?: boolean;
      reason: string;
      response?: string;
    }
  /** Never: there is no such mailbox. */
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
  const { command, reply } = failure;
  if (reply === undefined) {
    return { status: "deferred", about: "server", reason };
  }
  const { text: response, verdict } = reply;
  const { cause, ends, about } = verdict;
  if (ends) return { status: "bounced", reason, response };
  // A 421 comes under the name of no command, and a probe does not get as far as the recipient.
  const hidden = command === "RCPT TO" || command === "DATA" || reply.code === 421;
  return { status: "deferred", about, cause, hidden, reason, response };
}
