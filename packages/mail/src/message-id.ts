import { InvalidMessageError, quote } from "./invalid-message-error.ts";
import { parseMailbox } from "./mailbox.ts";

/** RFC 5322 3.6.4 msg-id, dot-atoms only; 250 keeps the header on one line that needs no folding. */
const MESSAGE_ID = /^<[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9.-]+>$/i;

/**
 * The Message-ID, with its angle brackets, of the mail that job `jobId` sends: the same on every
 * attempt, so that a mailbox recognises a mail which a retry delivered twice. `from` is the
 * sender, bare or with a name; its domain is the right-hand side.
 */
export function messageIdFor(jobId: string, from: string): string {
  const { address } = parseMailbox(from, "from");
  return checkMessageId(`<${jobId}@${address.slice(address.lastIndexOf("@") + 1)}>`);
}

export function checkMessageId(messageId: string): string {
  if (messageId.length > 250 || !MESSAGE_ID.test(messageId)) {
    throw new InvalidMessageError(
      "MALFORMED_MESSAGE_ID",
      "messageId",
      `The Message-ID is not of the form <id@example.com>: ${quote(messageId)}`,
    );
  }
  return messageId;
}
