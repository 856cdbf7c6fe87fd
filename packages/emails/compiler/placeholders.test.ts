import { expect, test } from "vitest";
import { parsePlaceholders } from "./placeholders.ts";

test("a template is taken apart into text and placeholders", () => {
  expect(parsePlaceholders("Hello {{name}},{{expiresIn:duration}}{{url:link}}.", "x")).toEqual([
    "Hello ",
    { field: "name", kind: "text" },
    ",",
    { field: "expiresIn", kind: "duration" },
    { field: "url", kind: "link" },
    ".",
  ]);
});

test.each(["{{ name }}", "{{Name}}", "{{name", "{{}}", "{{#if}}", "{{a.b}}"])(
  "%s is refused, not sent",
  (template) => {
    expect(() => parsePlaceholders(template, "a.txt")).toThrow(
      `a.txt: "${template}" is not a placeholder; write {{field}} or {{field:kind}}.`,
    );
  },
);

test("an unknown kind is refused", () => {
  expect(() => parsePlaceholders("{{at:date}}", "a.txt")).toThrow(
    "a.txt: {{at:date}} has an unknown kind; there are text, name, link, lines, duration.",
  );
  expect(() => parsePlaceholders("{{at:constructor}}", "a.txt")).toThrow("unknown kind");
});
