import { expect, test } from "vitest";
import { escapeHtml } from "./html.ts";

test("what means something in text or in a quoted attribute is escaped, once", () => {
  expect(escapeHtml(`<b title='x'>&amp;"`)).toBe("&lt;b title=&#39;x&#39;&gt;&amp;amp;&quot;");
});

test("everything else stays, replacement patterns included", () => {
  expect(escapeHtml("$1 $$ $` {{url}} מרים 👩‍💻")).toBe("$1 $$ $` {{url}} מרים 👩‍💻");
});
