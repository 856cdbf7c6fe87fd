import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { normalizePassword, PASSWORD_MIN } from "@rekey/contract/password";
import { dictionary } from "@zxcvbn-ts/language-common";

/**
 * Makes list.txt.gz, what common-passwords.ts searches: one folded password a line, in the order of
 * their bytes. `node make.ts FILE`, where FILE has one a line, the most common first: the
 * "10-million-password-list-top-1000000.txt" of SecLists (MIT).
 *
 * From it come the 100,000 most common, and as many again as it takes for 100,000 to be long enough
 * to be chosen at all; then the list of zxcvbn-ts, and recent.txt, which leaks since show.
 */
const COUNT = 100_000;

const [, , source = ""] = process.argv;
const lines = (file: string) => readFileSync(file, "utf8").split(/\r?\n/).filter(Boolean);
const fold = (password: string) => normalizePassword(password).toLowerCase();

const ranked = lines(source).map(fold);
const common = new Set(ranked.slice(0, COUNT));
const longEnough = (password: string) => [...password].length >= PASSWORD_MIN;
let long = [...common].filter(longEnough).length;
for (const password of ranked.slice(COUNT)) {
  if (long >= COUNT) break;
  if (!longEnough(password) || common.has(password)) continue;
  common.add(password);
  long += 1;
}
for (const word of dictionary["passwords-common"]) common.add(fold(String(word)));
for (const word of lines(join(import.meta.dirname, "recent.txt"))) common.add(fold(word));

const sorted = [...common].map((word) => Buffer.from(`${word}\n`)).sort(Buffer.compare);
const list = join(import.meta.dirname, "list.txt.gz");
writeFileSync(list, gzipSync(Buffer.concat(sorted), { level: 9 }));
process.stdout.write(
  `${common.size} passwords, ${long} of the ranked ones of ${PASSWORD_MIN} characters or more\n`,
);
