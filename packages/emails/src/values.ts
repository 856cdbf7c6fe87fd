import { durationInWords } from "./duration.ts";

// What a value may be, whichever part of the mail it goes to. Each kind of placeholder
// (`{{field:kind}}`) is one function here, so the type of its parameter is the type of the field.

/** Runs of control characters and separators, which could forge a line, with the space around. */
const LINE_BREAKING = /\s*[\p{Cc}\p{Zl}\p{Zp}]+\s*/gu;

/** Embeddings, overrides and isolates, which could reorder the text around (Unicode UAX #9). */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What mail programs would turn into a link: the dot of `evil.example`, the colon of `http://`. */
const LINK_JOINT = /(?<=[\p{L}\p{N}])(?:\.(?=[\p{L}\p{N}]{2})|:(?=\/\/))/gu;
const ZERO_WIDTH_SPACE = "\u200b";

/** One line of text. Line breaks and other control characters become a space. */
export function text(value: string): string {
  return value.toWellFormed().replace(LINE_BREAKING, " ").replace(DIRECTION_CONTROLS, "").trim();
}

/**
 * A name that somebody chose. It looks as it was written, but no mail program makes a link of it:
 * anyone can sign another person's address up under the name `Win at evil.example`.
 */
export function name(value: string): string {
  return text(value).replace(LINK_JOINT, (joint) => joint + ZERO_WIDTH_SPACE);
}

/** Several lines, kept as they are, with line breaks as `\n`. For text of our own, not of a visitor. */
export function lines(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n|[\r\u2028\u2029]/g, "\n")
    .replace(/(?![\t\n])\p{Cc}/gu, " ")
    .replace(DIRECTION_CONTROLS, "");
}

/**
 * An absolute http or https address in visible characters. Addresses in mails are the server's own,
 * so anything else is a bug and throws, without repeating the address: it may hold a token.
 */
export function link(value: string): string {
  const protocol = URL.parse(value)?.protocol;
  if (protocol !== "https:" && protocol !== "http:") {
    throw new TypeError("A link in a mail must be an absolute http or https address");
  }
  if (/[\s\p{C}]/u.test(value)) {
    throw new TypeError("A link in a mail must not contain spaces or control characters");
  }
  return value;
}

/** A number of seconds, in words: 600 is "10 minutes". */
export function duration(seconds: number): string {
  return durationInWords(seconds);
}
