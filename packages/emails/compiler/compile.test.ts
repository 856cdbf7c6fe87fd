import { join } from "node:path";
import { expect, test } from "vitest";
import { designSlots } from "../design.ts";
import { parseCatalogs } from "./catalogs.ts";
import { compileMail } from "./compile.ts";
import type { Segment } from "./placeholders.ts";
import { standIns } from "./run-time-slots.ts";
import { parseText, readShared } from "./source.ts";

const folder = join(import.meta.dirname, "..", "templates", "shared");
const shared = {
  mjml: new Map([...designSlots, ...standIns, ...(await readShared(folder, ".mjml"))]),
  text: await readShared(folder, ".txt"),
};

const good = {
  header: "who: name\nurl: link",
  mjml: `<mj-text>{{t:for}}</mj-text><mj-button href="{{url}}">{{t:go}}</mj-button>`,
  text: "{{t:for}}\n\n{{url}}",
  catalog: {
    subject: "Q&A for {who}",
    preview: "About {who}",
    for: "For {who}",
    go: "Go",
  } as object,
};
const layout = { help: "Help:", helpPage: "Help:", automatic: "Sent by {brand}." };

function compile({ header, mjml, text, catalog } = good) {
  const english = { shared: layout, "a-mail": catalog };
  const catalogs = parseCatalogs(new Map([["en", JSON.stringify(english)]]));
  const source = { name: "a-mail", mjml, ...parseText(`${header}\n\n${text}\n`, "a-mail") };
  return compileMail(source, shared, catalogs);
}

function written(segments: Segment[]): string {
  return segments
    .map((segment) =>
      typeof segment === "string" ? segment : `{{${segment.type} ${segment.name}}}`,
    )
    .join("");
}

test("the fields are those that are declared, the messages those that are said", async () => {
  const { fields, messages } = await compile();
  expect(fields.map(({ name }) => name)).toEqual(["who", "url"]);
  expect(messages.map(({ id }) => id)).toEqual([
    "shared/automatic",
    "a-mail/for",
    "a-mail/go",
    "shared/help",
    "shared/helpPage",
    "a-mail/preview",
    "a-mail/subject",
  ]);
});

test("the subject is title and heading of the page", async () => {
  const html = written((await compile()).html);
  expect(html).toContain("<title>{{message subject}}</title>");
  expect(html).toMatch(/<h1[^>]*>\{\{message subject\}\}<\/h1>/);
});

test("colours, language and direction are left to be filled in", async () => {
  const html = written((await compile()).html);
  expect(html).toMatch(/<html lang="\{\{value script.lang\}\}" dir="\{\{value script.dir\}\}"/);
  expect(html).toContain("color:{{value light.ink}}");
  expect(html).toContain("background-color: {{value dark.page}} !important");
  expect(html).not.toMatch(/#5ade|(?:dir|lang)="(?!\{)|text-align:left|"left"|direction:ltr/);
});

test("a condition that stands alone on a line of text is no line of it", async () => {
  const { text } = await compile({
    ...good,
    header: `${good.header}\nhow: text?`,
    mjml: `${good.mjml}<mj-raw>{{?how}}</mj-raw><mj-text>{{how}}</mj-text><mj-raw>{{/how}}</mj-raw>`,
    text: `${good.text}\n{{?how}}\n\n{{how}}\n{{/how}}`,
  });
  expect(written(text)).toMatch(
    /^.*\n\n.*\n\{\{when how\}\}\n\{\{value how\}\}\n\{\{end how\}\}\n/,
  );
});

test.each<[string, Partial<typeof good>, string]>([
  [
    "misspelled in the text part",
    { text: "{{t:for}} {{woh}}\n\n{{url}}" },
    "templates/a-mail.txt: {{woh}} is no field; declare it at the top of templates/a-mail.txt.",
  ],
  [
    "forgotten in the text part",
    { text: "{{url}}" },
    "{{who}} is missing from templates/a-mail.txt; both parts of a mail show every field.",
  ],
  [
    "misspelled in the HTML part",
    { mjml: `<mj-text>{{t:for}}</mj-text><mj-button href="{{uri}}">{{t:go}}</mj-button>` },
    "templates/a-mail.mjml: {{uri}} is no field; declare it at the top of templates/a-mail.txt.",
  ],
  [
    "forgotten in the HTML part",
    {
      mjml: `<mj-button href="{{url}}">{{t:go}}</mj-button>`,
      catalog: { ...good.catalog, subject: "Hi", preview: "Ho" },
    },
    "{{who}} is missing from templates/a-mail.mjml; both parts of a mail show every field.",
  ],
  [
    "misspelled in a message",
    { catalog: { ...good.catalog, for: "For {hwo}" } },
    "locales/en.json: a-mail/for: {hwo} is no field.",
  ],
  [
    "a link in a message",
    { catalog: { ...good.catalog, preview: "See {url}" } },
    "locales/en.json: a-mail/preview: {url}, a field of kind link, cannot stand here.",
  ],
  [
    "asked for though always there",
    { catalog: { ...good.catalog, for: "{who, select, none {x} other {{who}}}" } },
    "locales/en.json: a-mail/for: {who, select, …} asks for a field that is always there.",
  ],
  [
    "counted though no number",
    { catalog: { ...good.catalog, for: "{who, plural, one {x} other {{who}}}" } },
    "locales/en.json: a-mail/for: {who, plural, …} is no field to count.",
  ],
])("a placeholder %s fails the build", async (_, changes, message) => {
  await expect(compile({ ...good, ...changes })).rejects.toThrow(message);
});

test("a message that no catalog has fails the build", async () => {
  const mjml = `${good.mjml}<mj-text>{{t:bye}}</mj-text>`;
  await expect(compile({ ...good, mjml })).rejects.toThrow(
    'templates/a-mail: {{t:bye}} is in locales/en.json neither under "a-mail" nor under "shared".',
  );
});

test("a link that is not alone on its line of text fails the build", async () => {
  await expect(compile({ ...good, text: "{{t:for}} {{url}}" })).rejects.toThrow(
    "templates/a-mail.txt: {{url}} must stand alone on a line.",
  );
});

test("a link that nothing in HTML leads to fails the build", async () => {
  const mjml = "<mj-text>{{t:for}} {{url}} {{t:go}}</mj-text>";
  await expect(compile({ ...good, mjml })).rejects.toThrow(
    "templates/a-mail.mjml: nothing links to {{url}}.",
  );
});

test("an attribute gets the quotes that hold an escaped value in", async () => {
  const mjml = `${good.mjml}<mj-text><a href={{url}}>{{t:go}}</a></mj-text>`;
  const html = written((await compile({ ...good, mjml })).html);
  expect(html.match(/.{6}\{\{value url\}\}./g)).toEqual(Array(2).fill('href="{{value url}}"'));
});

test("MJML that is not valid fails the build", async () => {
  const mjml = `${good.mjml}<mj-txt>Hello</mj-txt>`;
  await expect(compile({ ...good, mjml })).rejects.toThrow(/^templates\/a-mail\.mjml: .*mj-txt/s);
});

test("a placeholder that MJML drops fails the build", async () => {
  const mjml = `${good.mjml}<mj-include path="{{who}}" />`;
  await expect(compile({ ...good, mjml })).rejects.toThrow(
    "templates/a-mail.mjml: MJML dropped the element with value who.",
  );
});
