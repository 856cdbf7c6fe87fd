import { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { ImportFileError, type ImportRecord, LONGEST_RECORD } from "./record.ts";

const KNOWN = ["email", "name", "password", "passwordHash"];

/**
 * Reads comma-separated values (RFC 4180) whose first line names the columns, in constant memory.
 * Columns of other names are passed over. Throws `ImportFileError` when a needed column is missing.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<ImportRecord> {
  const skipped: ImportRecord[] = [];
  const parser = parse({
    bom: true,
    columns,
    info: true,
    max_record_size: LONGEST_RECORD,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on("skip", (error: CsvError) => {
    skipped.push({ status: "unreadable", line: Number(error.lines), reason: explain(error) });
  });
  const input = Readable.from(source, { objectMode: false });
  input.on("error", (error) => parser.destroy(error));
  for await (const { record, info } of input.pipe(parser)) {
    while (skipped.length > 0) yield skipped.shift() as ImportRecord;
    yield { status: "read", line: info.lines, fields: record };
  }
  yield* skipped;
}

/** The names themselves are not repeated in the message: without a header they are somebody's data. */
function columns(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = ["email", "name"].filter((name) => !names.includes(name));
  if (missing.length > 0 || !names.some((name) => name.startsWith("password"))) {
    throw new ImportFileError(
      `The first line of the CSV file must name its columns: ${KNOWN.join(",")} ` +
        "(one of the last two is enough)",
    );
  }
  return names;
}

/** The parser's own message repeats what it read. */
function explain({ code }: CsvError): string {
  switch (code) {
    case "CSV_RECORD_INCONSISTENT_COLUMNS":
      return "not as many fields as the first line names";
    case "CSV_MAX_RECORD_SIZE":
      return `longer than ${LONGEST_RECORD / 1024} KiB; is a quote left open?`;
    default:
      return "not CSV: a quote is left open or stands inside a field";
  }
}
