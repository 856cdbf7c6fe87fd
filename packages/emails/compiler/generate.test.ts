// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code is what is generated here.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateModule } from "./generate.ts";
import { writeChanged } from "./write-changed.ts";

test("what a template says stays text in the code that is made of it", () => {
  const code = generateModule({
    name: "a-mail",
    fields: [{ field: "who", kind: "name" }],
    subject: "`${process.exit()}` \\n {{who:name}}",
    html: "<p>{{who:name}}</p>",
    text: "{{who:name}}\n",
  });
  expect(code).toContain("subject: `\\`\\${process.exit()}\\` \\\\n ${plain.who}`");
  expect(code).toContain("html: `<p>${escapeHtml(plain.who)}</p>`");
  expect(code).toContain("export function aMail(fields: AMailFields): Mail");
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
