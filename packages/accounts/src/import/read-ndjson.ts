import { type ImportRecord, LONGEST_RECORD } from "./record.ts";

const NEWLINE = 0x0a;

/** Reads newline-delimited JSON, an object a line, in constant memory. Empty lines are passed over. */
export async function* readNdjson(source: AsyncIterable<Buffer>): AsyncGenerator<ImportRecord> {
  let line = 0;
  for await (const bytes of lines(source)) {
    line += 1;
    if (bytes === null) {
      const reason = `longer than ${LONGEST_RECORD / 1024} KiB`;
      yield { status: "unreadable", line, reason };
      continue;
    }
    const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
    if (text.trim() === "") continue;
    yield parse(text, line);
  }
}

function parse(text: string, line: number): ImportRecord {
  try {
    return { status: "read", line, fields: JSON.parse(text) };
  } catch {
    // The parser's own message repeats what it read.
    return { status: "unreadable", line, reason: "not a JSON object on one line" };
  }
}

/** Every line without its end; null for one that is too long, whose bytes are not kept. */
async function* lines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  let parts: Buffer[] = [];
  let size = 0;
  const add = (part: Buffer) => {
    size += part.length;
    if (size <= LONGEST_RECORD) parts.push(part);
  };
  const take = () => {
    const line = size > LONGEST_RECORD ? null : Buffer.concat(parts);
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}
