import { HtmlValidate } from "html-validate";

/**
 * The recommended rules, but for what mail programs need and browsers no longer do: tables that lay
 * out, attributes and styles on each element, comments that only Outlook reads.
 */
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": "off",
    "no-conditional-comment": "off",
    "no-deprecated-attr": "off",
    "no-inline-style": "off",
    // The wrapper that MJML writes; not every mail program knows <article>.
    "prefer-native-element": "off",
    // MJML writes role="presentation", which older screen readers know as well.
    "presentation-role-style": "off",
  },
});

/** What is wrong with a page by the rules of HTML, a line each. */
export async function markupProblems(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, message }) => `line ${line}: ${message} (${ruleId})`),
  );
}
