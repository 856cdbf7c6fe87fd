import * as z from "zod/mini";

/** Digits of a code. */
export const CODE_LENGTH = 8;

/** Zero of the digits that keyboards of our readers type: ASCII, Arabic, Persian, Devanagari, full-width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xff10];

/** What people and mail programs put between digits: spaces, dashes, dots, and marks that are not seen. */
const SEPARATORS = /[\p{Z}\p{C}\p{Pd}.·_\u2212]/gu;

/** A code as it was typed or pasted, in ASCII digits, or null when it is not eight digits. */
export function parseCode(value: string): string | null {
  if (value.length > 100) return null;
  const digits = Array.from(value.replace(SEPARATORS, ""), (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((zero) => point >= zero && point <= zero + 9);
    return zero === undefined ? "" : String(point - zero);
  });
  return digits.length === CODE_LENGTH && !digits.includes("") ? digits.join("") : null;
}

/** A code in two groups, as the email shows it: "1234 5678". */
export function inGroups(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`.trim();
}

const EXPECTED = "Enter the eight digits of the code in the email";

export const codeSchema = z.pipe(
  z.string(EXPECTED),
  z.transform((value: string, context) => {
    const code = parseCode(value);
    if (code !== null) return code;
    context.issues.push({ code: "custom", input: value, message: EXPECTED });
    return z.NEVER;
  }),
);
