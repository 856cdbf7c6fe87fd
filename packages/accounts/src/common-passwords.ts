import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { normalizePassword } from "@rekey/contract/password";

const file = join(import.meta.dirname, "../common-passwords/list.txt.gz");
const NEWLINE = 0x0a;

/** Some 1.3 MB, searched as it is; a Set of as many strings takes twelve times that. */
let list: Buffer | null = null;

/**
 * Whether a new password is among the 158,000 most common (common-passwords/make.ts), or is one of
 * `own`: the account's address and name, the service's name (NIST SP 800-63B-4, 3.1.1.2). Letter case
 * makes no difference.
 */
export function isCommonPassword(password: string, own: readonly string[]): boolean {
  const folded = fold(password);
  return own.some((word) => fold(word) === folded) || isListed(Buffer.from(folded));
}

function fold(text: string): string {
  return normalizePassword(text).toLowerCase();
}

/** Binary search among lines in the order of their bytes, each with its newline. */
function isListed(wanted: Buffer): boolean {
  list ??= gunzipSync(readFileSync(file));
  let low = 0;
  let high = list.length;
  while (low < high) {
    const start = list.subarray(0, (low + high) >>> 1).lastIndexOf(NEWLINE) + 1;
    const end = list.indexOf(NEWLINE, start);
    const order = wanted.compare(list, start, end);
    if (order === 0) return true;
    if (order < 0) high = start;
    else low = end + 1;
  }
  return false;
}
