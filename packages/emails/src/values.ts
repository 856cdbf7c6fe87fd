import { directionOf } from "@rekey/contract/locales";
import { durationInWords } from "./duration.ts";
import { clockFormat, momentFormat, numberFormat, pluralRules } from "./formats.ts";
import type { Reader } from "./reader.ts";

// What a value may be, whichever part of the mail it goes to. Each kind of field is one function
// here: of the value, whose type is the type of the field, and of who reads it.

/** Runs of control characters and separators, which could forge a line, with the space around. */
const LINE_BREAKING = /\s*[\p{Cc}\p{Zl}\p{Zp}]+\s*/gu;

/** Embeddings, overrides and isolates, which could reorder the text around (Unicode UAX #9). */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** In characters: a subject stays within the 998 of a line (RFC 5322 2.1.1) even where it cannot be folded. */
const LONGEST = 300;

/** What mail programs would turn into a link: the dot of `evil.example`, the colon of `http://`. */
const LINK_JOINT = /(?<=[\p{L}\p{N}])(?:\.(?=[\p{L}\p{N}]{2})|:(?=\/\/))/gu;
const ZERO_WIDTH_SPACE = "\u200b";

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT =
  /(?!\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko})\p{L}/u;

/** One line of text. Line breaks and other control characters become a space. */
export function text(value: string, reader: Reader): string {
  return isolate(oneLine(value), reader);
}

function oneLine(value: string): string {
  const line = value
    .toWellFormed()
    .replace(LINE_BREAKING, " ")
    .replace(DIRECTION_CONTROLS, "")
    .trim();
  if (line.length <= LONGEST) return line;
  const characters = [...line.slice(0, 2 * LONGEST + 2)];
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST).join("")}…`;
}

/** An e-mail address of our own, for text and for `mailto:`. */
export function address(value: string): string {
  return oneLine(value);
}

/**
 * Keeps a value that is written against the direction of the mail from reordering what stands around
 * it (Unicode UAX #9, first strong isolate).
 */
function isolate(value: string, { locale }: Reader): string {
  const against = directionOf(locale) === "rtl" ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return against.test(value) ? `\u2068${value}\u2069` : value;
}

/**
 * A name that somebody chose. It looks as it was written, but no mail program makes a link of it:
 * anyone can sign another person's address up under the name `Win at evil.example`.
 */
export function name(value: string, reader: Reader): string {
  return text(value, reader).replace(LINK_JOINT, (joint) => joint + ZERO_WIDTH_SPACE);
}

/**
 * Digits that somebody types, in two groups. In a text from right to left they are isolated, as the
 * groups would otherwise change places (Unicode UAX #9).
 */
export function code(value: string, { locale }: Reader): string {
  const half = Math.ceil(value.length / 2);
  const groups = `${value.slice(0, half)} ${value.slice(half)}`;
  return directionOf(locale) === "rtl" ? `\u2066${groups}\u2069` : groups;
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

/** A whole number. */
export function count(value: number, { locale }: Reader): string {
  return numberFormat(locale).format(value);
}

/** The plural category of a number: what `{count, plural, …}` of a message chooses by. */
export function plural(value: number, { locale }: Reader): string {
  return pluralRules(locale).select(value);
}

/** A number of seconds, in words: 600 is "10 minutes". */
export function duration(seconds: number, { locale }: Reader): string {
  return durationInWords(seconds, locale);
}

/** The time of day, with its time zone: "10:04 UTC". */
export function clock(value: Date, { locale, timeZone }: Reader): string {
  return clockFormat(locale, timeZone).format(value);
}

/** Date and time, with its time zone: "March 3, 2026 at 10:04 UTC". */
export function moment(value: Date, { locale, timeZone }: Reader): string {
  return momentFormat(locale, timeZone).format(value);
}

/** A value that may be null: then it is empty, which is what conditions ask for. */
export function optional<Value>(
  kind: (value: Value, reader: Reader) => string,
  value: Value | null,
  reader: Reader,
): string {
  return value === null ? "" : kind(value, reader);
}
