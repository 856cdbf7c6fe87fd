import * as z from "zod/mini";

/** RFC 5321 4.5.3.1.3: a path is at most 256 octets with its angle brackets. */
const MAX_BYTES = 254;
/** RFC 5321 4.5.3.1.1. */
const MAX_LOCAL = 64;

/** RFC 5322 dot-atom, ASCII only: no quoted strings, comments, routes or spaces. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const ASCII = /^[\x21-\x7e]+$/;
/** Letters, marks, digits, dot and hyphen: what an internationalised domain is typed with. */
const IDN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * Reads one mailbox, or null when it is not exactly one. An internationalised domain comes back in
 * its ASCII form (IDNA, UTS 46); full-width and other look-alike spellings are refused rather than
 * mapped, so that two spellings on screen are never one account. Letter case is kept.
 */
export function parseMailbox(value: string): string | null {
  if (value.length > MAX_BYTES) return null;
  const at = value.lastIndexOf("@");
  const local = value.slice(0, at);
  const domain = value.slice(at + 1);
  if (at < 1 || local.length > MAX_LOCAL || !LOCAL.test(local)) return null;
  const ascii = ASCII.test(domain) ? domain : toAsciiDomain(domain);
  if (ascii === null || !DOMAIN.test(ascii) || local.length + 1 + ascii.length > MAX_BYTES) {
    return null;
  }
  return `${local}@${ascii}`;
}

function toAsciiDomain(domain: string): string | null {
  if (!IDN.test(domain) || domain !== domain.normalize("NFKC")) return null;
  try {
    // The URL parser is the one IDNA implementation that browsers and Node share.
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}

/**
 * The key two spellings of one mailbox share: ASCII letters folded, nothing else. Unicode case
 * mapping is what let "ı" reach an account registered with "i" (CVE-2019-19844).
 */
export function mailboxKey(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** "ada@example.com" → "a•••@example.com": enough to recognise one's own address, no more. */
export function maskMailbox(email: string): string {
  return email.replace(/^(.)[^@]*/u, "$1•••");
}

export const emailSchema = z.pipe(
  z.string("Enter an email address"),
  z.transform((value: string, context) => {
    const mailbox = parseMailbox(value);
    if (mailbox !== null) return mailbox;
    context.issues.push({
      code: "custom",
      input: value,
      message:
        value === ""
          ? "Enter an email address"
          : "Enter an email address in the correct format, like name@example.com",
    });
    return z.NEVER;
  }),
);
