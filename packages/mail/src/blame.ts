import type { SmtpReply } from "./smtp-failure.ts";

/** What a refusal is about. Only `recipient` and `message` speak of the mail; an operator can mend the rest. */
export type Blame = "session" | "sign-in" | "sender" | "recipient" | "message";

/**
 * Tells what a server refused with `reply` to `command`. RFC 5321 4.2.1 makes a 5yz permanent *for
 * the command it answers*, and the RFC 3463 code, or failing that the words, tell when a server
 * answers one command with what it had against an earlier one.
 */
export function blameFor(command: string, reply: SmtpReply): Blame {
  const { code = 0, enhanced = "" } = reply;
  // Addresses may hold any word ("relay@example.com").
  const words = reply.text.replace(/<[^>]*>|\S+@\S+/g, "");
  if (isSignInWanted(code, enhanced, words)) return "sign-in";
  // Commands out of order (RFC 5321 4.2.3): a new session may well take the mail.
  if (code === 503 || enhanced === "5.5.1") return "session";
  if (command === "DATA") return "message";
  // RFC 1870 6.1: with SIZE the size of the message is refused at MAIL FROM already.
  if (command === "MAIL FROM") return code === 552 || enhanced === "5.3.4" ? "message" : "sender";
  if (command !== "RCPT TO") return "session";
  // Postfix (smtpd_delay_reject), Exim and others keep to themselves until RCPT TO what they have
  // against the client or the sender.
  if (/client host .*(?:rejected|blocked)|helo command rejected/i.test(words)) return "session";
  if (/^5\.1\.[78]$/.test(enhanced) || /sender (?:address rejected|verify failed)/i.test(words)) {
    return "sender";
  }
  // "Relay access denied", "relay not permitted", "Unable to relay": mail from us goes to nobody, or
  // only after a sign-in. 5.1.x is the address: "User unknown in relay recipient table".
  if (/\brelay/i.test(words) && !enhanced.startsWith("5.1.")) return "sign-in";
  return "recipient";
}

/** RFC 4954 6. */
function isSignInWanted(code: number, enhanced: string, words: string): boolean {
  return (
    [530, 534, 535, 538].includes(code) ||
    /^5\.7\.(?:8|9|11)$/.test(enhanced) ||
    /authentication (?:is )?required|must authenticate/i.test(words)
  );
}
