import { expect, test } from "vitest";
import { parsePlaceholders } from "./placeholders.ts";

test("a template is taken apart into text and placeholders", () => {
  expect(parsePlaceholders("{{t:greeting}}{{?url}}: {{url}}{{/url}} {{light.ink}}", "x")).toEqual([
    { type: "message", name: "greeting" },
    { type: "when", name: "url" },
    ": ",
    { type: "value", name: "url" },
    { type: "end", name: "url" },
    " ",
    { type: "value", name: "light.ink" },
  ]);
});

test.each(["{{ name }}", "{{Name}}", "{{name", "{{}}", "{{#if}}", "{{a.b.c}}", "{{url:link}}"])(
  "%s is refused, not sent",
  (template) => {
    expect(() => parsePlaceholders(template, "a.txt")).toThrow(
      `a.txt: "${template}" is not a placeholder; write {{field}}, {{t:message}} or {{?field}}…{{/field}}.`,
    );
  },
);

test.each([
  ["{{?a}}x", "{{?a}} is not closed."],
  ["x{{/a}}", "{{/a}} is out of place."],
  ["{{?a}}{{/b}}", "{{/b}} is out of place."],
  ["{{?a}}{{?b}}{{/b}}{{/a}}", "{{?b}} is out of place."],
])("a condition that does not end, or stands in another, is refused: %s", (template, message) => {
  expect(() => parsePlaceholders(template, "a.txt")).toThrow(`a.txt: ${message}`);
});
