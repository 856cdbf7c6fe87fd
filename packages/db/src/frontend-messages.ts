/** Codes that stand where a startup message has its protocol version (PostgreSQL: protocol.h). */
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** A message longer than this is no message of a client of ours, in bytes. */
const LONGEST = 256 * 1024 * 1024;

/** Messages after which the backend answers "ready for query": Query, Sync, FunctionCall. */
const ENDS = new Set(["Q", "S", "F"].map((letter) => letter.charCodeAt(0)));

/** What a client said, as far as it must be executed without anything of another client between. */
export type FrontendBatch =
  /** Asks for encryption before the startup message; on a socket file there is none to have. */
  | { kind: "encryption" }
  | { kind: "startup"; bytes: Buffer }
  /** Every message up to and including the one that the backend answers with "ready for query". */
  | { kind: "commands"; bytes: Buffer };

/**
 * Cuts the bytes of a PostgreSQL client (protocol 3) into batches. Ends with the stream, with a
 * Terminate message or with a CancelRequest.
 */
export async function* frontendBatches(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<FrontendBatch, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  /** Where in `rest` the first message after those seen to be whole begins. */
  let seen = 0;
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const tag: number = started ? 1 : 0;
      if (rest.length < seen + tag + 4) break;
      const length: number = tag + rest.readInt32BE(seen + tag);
      if (length < tag + 4 || length > LONGEST) throw new Error("Not the PostgreSQL protocol");
      if (rest.length < seen + length) break;
      const first = rest[seen];
      seen += length;
      if (!started) {
        const code: number = length >= 8 ? rest.readInt32BE(4) : 0;
        if (code === CANCEL_REQUEST) return;
        started = code !== SSL_REQUEST && code !== GSS_REQUEST;
        yield started ? { kind: "startup", bytes: rest.subarray(0, seen) } : { kind: "encryption" };
      } else if (first === "X".charCodeAt(0)) {
        return;
      } else if (first !== undefined && ENDS.has(first)) {
        yield { kind: "commands", bytes: rest.subarray(0, seen) };
      } else {
        continue;
      }
      rest = rest.subarray(seen);
      seen = 0;
    }
  }
}
