import { join } from "node:path";
import { expect, test } from "vitest";
import { designSlots } from "../design.ts";
import { compileMail } from "./compile.ts";
import type { MailSource } from "./source.ts";
import { readShared } from "./source.ts";

const folder = join(import.meta.dirname, "..", "templates", "shared");
const shared = {
  mjml: new Map([...designSlots, ...(await readShared(folder, ".mjml"))]),
  text: await readShared(folder, ".txt"),
};

const good: MailSource = {
  name: "a-mail",
  subject: "Q&A for {{who}}",
  preview: "About {{who}}",
  mjml: `<mj-button href="{{url:link}}">Go</mj-button>`,
  text: "For {{who}}\n\n{{url:link}}",
};

function compile(changes: Partial<MailSource>) {
  return compileMail({ ...good, ...changes }, shared);
}

test("the fields are inferred from the placeholders", async () => {
  const { fields } = await compile({});
  expect(fields).toEqual([
    { field: "who", kind: "text" },
    { field: "url", kind: "link" },
  ]);
});

test("the subject is title and heading of the page, escaped", async () => {
  const { subject, html } = await compile({});
  expect(subject).toBe("Q&A for {{who}}");
  expect(html).toContain("<title>Q&amp;A for {{who:text}}</title>");
  expect(html).toMatch(/<h1[^>]*>Q&amp;A for \{\{who:text\}\}<\/h1>/);
});

test.each<[string, Partial<MailSource>, string]>([
  [
    "misspelled in the text part",
    { text: "For {{woh}}\n\n{{url:link}}" },
    "{{woh}} is missing from templates/a-mail.mjml; both parts of a mail show the same fields.",
  ],
  [
    "forgotten in the text part",
    { text: "{{url:link}}" },
    "{{who}} is missing from templates/a-mail.txt; both parts of a mail show the same fields.",
  ],
  [
    "misspelled in the HTML part",
    { mjml: `<mj-button href="{{uri:link}}">Go</mj-button>` },
    "{{url}} is missing from templates/a-mail.mjml; both parts of a mail show the same fields.",
  ],
  [
    "misspelled in the subject",
    { subject: "For {{hwo}}", mjml: `${good.mjml}<mj-text>{{who}}</mj-text>` },
    "{{hwo}} is missing from templates/a-mail.txt; both parts of a mail show the same fields.",
  ],
  [
    "misspelled in the preview",
    { preview: "{{hwo}}" },
    "{{hwo}} is missing from templates/a-mail.mjml and templates/a-mail.txt; both parts of a mail show the same fields.",
  ],
  [
    "of two kinds",
    { text: "For {{who:name}}\n\n{{url:link}}" },
    'templates/a-mail: {{who}} is of kind "name" in one place and "text" in another.',
  ],
  [
    "a link in the preview",
    { preview: "{{url:link}}" },
    "templates/a-mail.txt: {{url:link}} cannot stand in the Preview.",
  ],
])("a placeholder %s fails the build", async (_, changes, message) => {
  await expect(compile(changes)).rejects.toThrow(message);
});

test("a link that is not alone on its line of text fails the build", async () => {
  await expect(compile({ text: "For {{who}}: {{url:link}}" })).rejects.toThrow(
    "templates/a-mail.txt: {{url:link}} must stand alone on a line.",
  );
});

test("a link that nothing in HTML leads to fails the build", async () => {
  await expect(compile({ mjml: "<mj-text>{{url:link}}</mj-text>" })).rejects.toThrow(
    "templates/a-mail.mjml: nothing links to {{url:link}}.",
  );
});

test("an attribute gets the quotes that hold an escaped value in", async () => {
  const mjml = `${good.mjml}<mj-text><a href={{url:link}}>Go</a></mj-text>`;
  const { html } = await compile({ mjml });
  expect(html.match(/.{6}\{\{url:link\}\}./g)).toEqual(Array(2).fill('href="{{url:link}}"'));
});

test("MJML that is not valid fails the build", async () => {
  const mjml = `${good.mjml}<mj-txt>Hello</mj-txt>`;
  await expect(compile({ mjml })).rejects.toThrow(/^templates\/a-mail\.mjml: .*mj-txt/s);
});

test("a placeholder that MJML drops fails the build", async () => {
  const mjml = `${good.mjml}<mj-include path="{{who}}" />`;
  await expect(compile({ mjml, subject: "Hello", preview: "Hello" })).rejects.toThrow(
    "MJML dropped the element with {{who}}",
  );
});
