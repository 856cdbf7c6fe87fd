// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code is what is generated here.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateModule } from "./generate.ts";
import { parseMessage } from "./message.ts";
import { writeChanged } from "./write-changed.ts";

test("what a template or a catalog says stays text in the code that is made of it", () => {
  const hostile = "`${process.exit()}` \\n ";
  const code = generateModule({
    name: "a-mail",
    fields: [{ name: "who", kind: "name", optional: false }],
    messages: [
      {
        key: "subject",
        id: "a-mail/subject",
        translations: new Map([["en", [hostile, { arg: "who" }]]]),
      },
    ],
    html: ["<p>` ", { type: "value", name: "who" }, "</p>"],
    text: [{ type: "message", name: "subject" }, "\n"],
  });
  expect(code).toContain("subject: `\\`\\${process.exit()}\\` \\\\n ${v.who}`");
  expect(code).toContain("html: `<p>\\` ${escapeHtml(v.who)}</p>`");
  expect(code).toContain("text: `${m.subject}\n`");
  expect(code).toContain(
    "export function aMail(brand: Brand, reader: Reader, fields: AMailFields): Mail",
  );
});

test("a message asks and counts as its language does", () => {
  const code = generateModule({
    name: "a-mail",
    fields: [
      { name: "who", kind: "text", optional: true },
      { name: "many", kind: "count", optional: false },
    ],
    messages: [
      {
        key: "subject",
        id: "a-mail/subject",
        translations: new Map([
          [
            "en",
            parseMessage(
              "{who, select, none {Nobody} other {{who}}}: {many, plural, one {one} other {#}}",
              "en",
              "x",
            ),
          ],
        ]),
      },
    ],
    html: [],
    text: [],
  });
  expect(code).toContain(
    'subject: `${v.who === "" ? `Nobody` : `${v.who}`}: ${v.manyPlural === "one" ? `one` : `${v.many}`}`',
  );
});

test("the folder holds exactly the modules, and an unchanged one is not written again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "emails-"));
  await writeFile(join(folder, "gone.ts"), "");
  await writeChanged(folder, new Map([["a.ts", "1"]]));
  const before = await stat(join(folder, "a.ts"));
  await writeChanged(
    folder,
    new Map([
      ["a.ts", "1"],
      ["b.ts", "2"],
    ]),
  );
  expect((await stat(join(folder, "a.ts"))).ino).toBe(before.ino);
  expect(await readFile(join(folder, "b.ts"), "utf8")).toBe("2");
  expect(await readdir(folder)).toEqual(["a.ts", "b.ts"]);
  await rm(folder, { recursive: true });
});
