import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type Candidate, readCandidate } from "./candidate.ts";
import { readCsv } from "./read-csv.ts";
import { readNdjson } from "./read-ndjson.ts";

const readers = { csv: readCsv, ndjson: readNdjson };
const HASH = "$2b$05$ANo88Snqa.tUDDpm8HX6q.WDUje4xJc0DxRuwSw.Q.B1gc1hYMLqm";

/** Reads and judges every line, fed in chunks of `size` bytes. */
async function judge(format: "csv" | "ndjson", file: string | Buffer, size = 7) {
  const bytes = Buffer.from(file);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const accepted: Candidate[] = [];
  const refused: string[] = [];
  for await (const record of readers[format](Readable.from(chunks))) {
    const judged = readCandidate(record, { minLength: 8 });
    if (judged.status === "accepted") accepted.push(judged.candidate);
    else refused.push(Object.values(judged.refusal).join(" | "));
  }
  return { accepted, refused };
}

describe.each(["csv", "ndjson"] as const)("an import from %s", (format) => {
  const line = (email: string, name: string, password: string, passwordHash = "") =>
    format === "csv"
      ? [email, name, password, passwordHash].map((one) => `"${one.replaceAll('"', '""')}"`).join()
      : JSON.stringify({ email, name, password, passwordHash });
  const file = (...lines: string[]) =>
    [...(format === "csv" ? ["email,name,password,passwordHash"] : []), ...lines, ""].join("\n");
  const first = format === "csv" ? 2 : 1;

  test("takes passwords and hashes, letter for letter", async () => {
    const password = ' "quoted", ünïcode  ';
    const lines = [line("Ada@Example.test", "Ada, Countess", password)];
    const { accepted, refused } = await judge(
      format,
      file(...lines, line("b@x.test", "B", "", HASH)),
    );
    expect(refused).toEqual([]);
    expect(accepted).toEqual([
      {
        line: first,
        email: "Ada@Example.test",
        emailKey: "ada@example.test",
        name: "Ada, Countess",
        secret: { kind: "password", password },
      },
      {
        line: first + 1,
        email: "b@x.test",
        emailKey: "b@x.test",
        name: "B",
        secret: { kind: "hash", hash: HASH },
      },
    ]);
  });

  test("refuses a line by its number, field and reason, and goes on", async () => {
    const { accepted, refused } = await judge(
      format,
      file(
        line("not an address", "A", "long enough"),
        line("a@x.test", "", "long enough"),
        line("a@x.test", "A", "short"),
        line("a@x.test", "A", "", "md5$salt$3f86d0d3d465b7b458c231bf3555c0e3"),
        line("a@x.test", "A", "long enough", HASH),
        line("a@x.test", "A", ""),
        "",
        line("a@x.test", "A", "long enough"),
      ),
    );
    expect(refused).toEqual([
      `${first} | email | Enter an email address in the correct format, like name@example.com`,
      `${first + 1} | name | Enter your name`,
      `${first + 2} | password | Use at least 8 characters`,
      expect.stringMatching(`^${first + 3} \\| passwordHash \\| not a hash of a kind`),
      `${first + 4} |  | Both password and passwordHash; give one`,
      `${first + 5} |  | Neither password nor passwordHash`,
    ]);
    expect(accepted.map(({ line }) => line)).toEqual([first + 7]);
  });

  test("begins with a byte order mark or not, and ends its lines as it likes", async () => {
    const text = file(line("a@x.test", "A", "long enough")).replaceAll("\n", "\r\n");
    const { accepted } = await judge(format, `\uFEFF${text.trimEnd()}`);
    expect(accepted).toHaveLength(1);
  });

  test("refuses what is not UTF-8 instead of storing something else", async () => {
    const text = file(line("a@x.test", "José", "long enough"));
    const { refused } = await judge(format, Buffer.from(text, "latin1"));
    expect(refused).toEqual([`${first} | name | Not in UTF-8`]);
  });
});

test("NDJSON: what is no object, no JSON or endless is refused by line", async () => {
  const good = JSON.stringify({ email: "a@x.test", name: "A", password: "long enough" });
  const lines = [
    "[1]",
    "null",
    "{oops",
    `{"email":"${"x".repeat(70_000)}`,
    '{"email":["a"]}',
    good,
  ];
  const { accepted, refused } = await judge("ndjson", lines.join("\n"), 1000);
  expect(refused.map((line) => line[0])).toEqual(["1", "2", "3", "4", "5"]);
  expect(refused[3]).toContain("longer than 64 KiB");
  expect(accepted).toMatchObject([{ line: 6 }]);
});

test("CSV: columns come in any order, others are passed over, and each line has all of them", async () => {
  const text = "id,name,passwordHash,email\n1,A,x\n2,B,y,b@x.test,more\n3,C,$HASH,c@x.test\n";
  const { accepted, refused } = await judge(
    "csv",
    text.replace("$HASH", () => HASH),
  );
  expect(refused).toEqual([
    "2 |  | 3 fields where the first line names 4",
    "3 |  | 5 fields where the first line names 4",
  ]);
  expect(accepted).toMatchObject([{ line: 4, email: "c@x.test", name: "C" }]);
});

test.each([
  ["no header", "a@x.test,A,hunter2hunter2\n", /names its columns/],
  [
    "a quote left open",
    'email,name,password\na@x.test,A,longenough\nb@x.test,"hunter2',
    /After line 2/,
  ],
  ["a quote in a bare field", 'email,name,password\na@x.test,A,hunter2"x\n', /After line 1/],
  ["text after a quote", 'email,name,password\na@x.test,"A"hunter2,longenough\n', /After line 1/],
])(
  "CSV with %s is refused as a whole from there, without repeating it",
  async (_what, text, said) => {
    const judged = judge("csv", text);
    await expect(judged).rejects.toThrow(said);
    await expect(judged).rejects.not.toThrow(/hunter2/);
  },
);
