import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseText, readMailSources } from "./source.ts";

async function withFiles(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "emails-"));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return readMailSources(folder).finally(() => rm(folder, { recursive: true }));
}

test("a mail is a pair of files, with its fields at the top of the text", async () => {
  const text = "who: name\nurl: link?\n\nOne\n\nTwo\n";
  expect(await withFiles({ "a-mail.mjml": "<mj-text/>", "a-mail.txt": text })).toEqual([
    {
      name: "a-mail",
      mjml: "<mj-text/>",
      fields: [
        { name: "who", kind: "name", optional: false },
        { name: "url", kind: "link", optional: true },
      ],
      text: "One\n\nTwo",
    },
  ]);
});

test("half a pair fails with the name of the other half", async () => {
  await expect(withFiles({ "a-mail.mjml": "" })).rejects.toThrow(
    "templates/a-mail.txt is missing: a mail is a pair.",
  );
});

test("a file that belongs to no mail fails", async () => {
  await expect(withFiles({ "A_mail.html": "" })).rejects.toThrow("templates/A_mail.html");
});

test("a text without its header fails", () => {
  expect(() => parseText("Hello", "a-mail")).toThrow("templates/a-mail.txt must begin with");
});

test.each(["Hello\n\nYou", "who: date\n\nHello", "who: constructor\n\nHello", "Who: text\n\nHi"])(
  "a header that declares no field fails: %j",
  (text) => {
    expect(() => parseText(text, "a-mail")).toThrow(
      /^templates\/a-mail\.txt: ".+" declares no field; write "field: kind" with one of text, name, link,/,
    );
  },
);
