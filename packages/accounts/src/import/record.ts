/** One account as a file has it, not judged yet. `line` counts from 1. */
export type ImportRecord =
  | { status: "read"; line: number; fields: unknown }
  | { status: "unreadable"; line: number; reason: string };

/** A line or record longer than this is no account, in bytes. */
export const LONGEST_RECORD = 64 * 1024;

/** The file is not what it should be as a whole; the message says what it should be. */
export class ImportFileError extends Error {
  readonly code = "IMPORT_FILE";
}
