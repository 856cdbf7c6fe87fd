import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples } from "./samples.ts";

const generated = join(import.meta.dirname, "generated");
const modules = (await readdir(generated)).filter((file) => file.endsWith(".ts"));

test("every mail has a sample", () => {
  expect(modules).toEqual(
    Object.keys(samples)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test.each(modules)("%s loads neither MJML nor templates", async (file) => {
  const code = await readFile(join(generated, file), "utf8");
  const imports = [...code.matchAll(/^import .* from "(.+)";$/gm)].map(([, path]) => path);
  expect(imports).toEqual(["../src/html.ts", "../src/mail.ts", "../src/values.ts"]);
  expect(code).not.toMatch(/\bimport\(|\brequire\(/);
});

describe.each(Object.entries(samples))("%s", (name, { subject, html, text }) => {
  const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => decode(href));

  test("carries the same links in both parts", () => {
    const inText = text.split("\n").filter((line) => /^https?:\/\/\S+$/.test(line));
    expect([...new Set(hrefs)].sort()).toEqual([...new Set(inText)].sort());
    expect(hrefs.length > 0).toBe(!["server-error", "mail-test"].includes(name));
  });

  test("shows the link of its button in full as well", () => {
    const [main] = text.match(/^https?:\/\/\S+$/m) ?? [];
    if (main === undefined) return;
    const [, button = ""] = html.match(/class="button".*?<a href="([^"]*)"/s) ?? [];
    expect(decode(button)).toBe(main);
    expect(html).toContain(`>${main}</a>`);
  });

  test("is small, has no image and loads nothing", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(20_000);
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|svg)\b|url\(|@import|\bsrc=/i);
  });

  test("can be read by everyone", () => {
    expect(html).toMatch(/<html lang="en" dir="ltr"/);
    expect(html).toContain(`<title>${subject}</title>`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html.match(/<h[1-6]/g)).toEqual(["<h1"]);
    const tables = html.replace(/<!--.*?-->/gs, "").match(/<table\b[^>]*>/g) ?? [];
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
  });

  test("shows a preview that goes on where the subject ends", () => {
    const [, preview] = html.match(/<div style="display:none[^"]*">([^<]+)<\/div>/) ?? [];
    expect(preview?.length).toBeGreaterThan(20);
    expect(preview).not.toBe(subject);
  });

  test("has nothing left to fill in", () => {
    for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|\[\[|undefined|NaN/);
  });
});

function decode(html: string): string {
  return html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
