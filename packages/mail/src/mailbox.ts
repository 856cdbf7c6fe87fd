import { domainToASCII } from "node:url";
import { InvalidMessageError, quote, refuseControls } from "./invalid-message-error.ts";

/** A mailbox as nodemailer takes it ready-made, so that its own address parser never runs on our input. */
export type Mailbox = { name: string; address: string };

/** RFC 5321 4.5.3.1.3: a path is at most 256 octets with its angle brackets. */
const MAX_BYTES = 254;
/** RFC 5321 4.5.3.1.1. */
const MAX_LOCAL_BYTES = 64;
/** RFC 5322 dot-atom, ASCII: no quoted strings (the root of most parser confusion), no SMTPUTF8. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** One label is enough (root@localhost); a numeric last label would be an IP address. */
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
/** A name with one of these must be quoted (RFC 5322 3.2.3); unquoted it could be a list or a group. */
const NEEDS_QUOTES = /["<>@,;:\\]/;
const QUOTED_NAME = /^"((?:[^"\\]|\\.)*)"$/;

/**
 * Reads a bare address (`user@example.com`, at most 254 bytes) and returns it with an
 * internationalised domain in ASCII (RFC 5891). Throws InvalidMessageError for anything else: a
 * display name, a list, a quoted local part, an address literal.
 */
export function parseAddress(value: string, field: string): string {
  refuseControls(value, field);
  if (Buffer.byteLength(value) > MAX_BYTES) throw tooLong(value, field);
  const at = value.lastIndexOf("@");
  const local = value.slice(0, Math.max(at, 0));
  const domain = toAsciiDomain(value.slice(at + 1));
  if (local.length > MAX_LOCAL_BYTES || !LOCAL_PART.test(local) || !DOMAIN.test(domain)) {
    throw malformed(value, field, "one address like name@example.com");
  }
  const address = `${local}@${domain}`;
  if (address.length > MAX_BYTES) throw tooLong(value, field);
  return address;
}

/** Reads `user@example.com`, `Name <user@example.com>` or `"Name, Inc." <user@example.com>`, exactly one. */
export function parseMailbox(value: string, field: string): Mailbox {
  refuseControls(value, field);
  const text = value.trim();
  if (!text.endsWith(">")) return { name: "", address: parseAddress(text, field) };
  const open = text.lastIndexOf("<");
  if (open < 0) throw malformed(text, field, "Name <name@example.com>");
  const address = parseAddress(text.slice(open + 1, -1), field);
  return { name: readName(text.slice(0, open).trim(), field), address };
}

/** Writes a mailbox so that `parseMailbox` reads the same one; quotes the name where it must. */
export function formatMailbox({ name, address }: Mailbox): string {
  if (name === "") return address;
  const quoted = NEEDS_QUOTES.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
  return `${quoted} <${address}>`;
}

function readName(text: string, field: string): string {
  const quoted = QUOTED_NAME.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
  if (NEEDS_QUOTES.test(text)) {
    throw malformed(text, field, 'one name, in double quotes if it holds any of " < > @ , ; : \\');
  }
  return text;
}

/** Only spellings that IDNA leaves as they look: full-width letters and other look-alikes are refused. */
function toAsciiDomain(domain: string): string {
  const plain = TYPED_DOMAIN.test(domain) && domain === domain.normalize("NFKC");
  return plain ? domainToASCII(domain) : "";
}

function malformed(value: string, field: string, expected: string): InvalidMessageError {
  return new InvalidMessageError(
    "MALFORMED_ADDRESS",
    field,
    `The ${field} address is not valid: expected ${expected}, got ${quote(value)}`,
  );
}

function tooLong(value: string, field: string): InvalidMessageError {
  return new InvalidMessageError(
    "ADDRESS_TOO_LONG",
    field,
    `The ${field} address is longer than ${MAX_BYTES} bytes: ${quote(value)}`,
  );
}
