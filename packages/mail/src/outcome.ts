import { blameFor } from "./blame.ts";
import { explainSmtpFailure } from "./explain.ts";
import { isConversationFailure, readFailure, type SmtpFailure } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

export type SendResult =
  /** The server took responsibility (RFC 5321 4.2.5) for every recipient but those in `refused`. */
  | { status: "sent"; messageId: string; response: string; refused: string[] }
  /** Not now: the server, the network or our settings stand in the way. Worth another attempt. */
  | { status: "deferred"; reason: string; response?: string }
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
  if (response === undefined) return { status: "deferred", reason };
  return { status: isPermanent(failure) ? "bounced" : "deferred", reason, response };
}

/** RFC 5321 4.2.1: 4yz is for now, 5yz for good, as far as it is about this address or this message. */
function isPermanent({ command, reply }: SmtpFailure): boolean {
  if (reply?.code === undefined || reply.code < 500 || reply.code > 599) return false;
  const blame = blameFor(command, reply);
  return blame === "recipient" || blame === "message";
}
