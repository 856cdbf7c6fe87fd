import { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { ImportFileError, type ImportRecord, LONGEST_RECORD } from "./record.ts";

/**
 * Reads comma-separated values (RFC 4180) whose first line names the columns, in constant memory.
 * Columns of other names are passed over. Throws `ImportFileError` when a needed column is missing,
 * and where quoting goes wrong: from there on nobody can tell where a record ends.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<ImportRecord> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: LONGEST_RECORD,
    relax_column_count: true,
    skip_empty_lines: true,
    // Otherwise records that were read before the first wrong one are lost with it.
    skip_records_with_error: true,
  });
  /** The lines at which the parser stumbled. */
  const wrong: number[] = [];
  parser.on("skip", ({ lines }: CsvError) => void wrong.push(Number(lines)));
  const input = Readable.from(source, { objectMode: false });
  input.on("error", (error) => parser.destroy(error));

  let columns: string[] | null = null;
  /** The last line of the last record. */
  let line = 0;
  for await (const { record, info } of input.pipe(parser)) {
    if (wrong[0] !== undefined && info.lines >= wrong[0]) break;
    const values: string[] = record;
    line = info.lines;
    if (columns === null) columns = checkedHeader(values);
    else yield toRecord(columns, values, line);
  }
  // The parser's own message repeats what it read.
  if (wrong.length > 0) throw new ImportFileError(brokenAfter(line));
}

function brokenAfter(line: number): string {
  return (
    `After line ${line} the file is no CSV: a quote is left open, or stands in a field without quotes ` +
    "(double it, and put the field in quotes). Correct it and run the command again: what was imported " +
    "is passed over."
  );
}

function toRecord(columns: string[], values: string[], line: number): ImportRecord {
  if (values.length !== columns.length) {
    const reason = `${values.length} fields where the first line names ${columns.length}`;
    return { status: "unreadable", line, reason };
  }
  const fields = Object.fromEntries(columns.map((name, index) => [name, values[index]]));
  return { status: "read", line, fields };
}

/** What stands there is not repeated in the message: without a header it is somebody's data. */
function checkedHeader(names: string[]): string[] {
  const columns = names.map((name) => name.trim());
  const has = (name: string) => columns.includes(name);
  if (has("email") && has("name") && (has("password") || has("passwordHash"))) return columns;
  throw new ImportFileError(
    "The first line of a CSV file names its columns: email,name,password or email,name,passwordHash, " +
      "or all four.",
  );
}
