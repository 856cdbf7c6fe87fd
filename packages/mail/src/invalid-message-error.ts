export type InvalidMessageCode =
  | "CONTROL_CHARACTER"
  | "MALFORMED_ADDRESS"
  | "ADDRESS_TOO_LONG"
  | "NO_RECIPIENT"
  | "MALFORMED_HEADER"
  | "RESERVED_HEADER"
  | "MALFORMED_MESSAGE_ID";

/** A message that must not be handed to a mail server: a bug or an attack above, never a delivery failure. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
  readonly code: InvalidMessageCode;
  /** Which part of the message is wrong: `to`, `subject`, a header's name. */
  readonly field: string;

  constructor(code: InvalidMessageCode, field: string, sentence: string) {
    super(sentence);
    this.code = code;
    this.field = field;
  }
}

/**
 * Refuses text that could end a header line or not be encoded: every control character (CR, LF and
 * NUL among them, and the C1 range), Unicode line and paragraph separators, and lone surrogates.
 */
export function refuseControls(value: string, field: string): void {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) || !value.isWellFormed()) {
    throw new InvalidMessageError(
      "CONTROL_CHARACTER",
      field,
      `The ${field} has a line break or another control character in it: ${quote(value)}`,
    );
  }
}

/** JSON escapes what a terminal or a log would interpret; long values are cut. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
