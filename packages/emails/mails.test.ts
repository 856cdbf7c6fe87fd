import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInBrand } from "@rekey/contract/brand";
import { directionOf, locales } from "@rekey/contract/locales";
import { schemes } from "@rekey/contract/palette";
import { describe, expect, test } from "vitest";
import { app, fixtures, samples } from "./samples.ts";
import { toScript } from "./src/reader.ts";

const generated = join(import.meta.dirname, "generated");
const modules = (await readdir(generated)).filter((file) => file.endsWith(".ts"));
const brand = {
  ...builtInBrand,
  supportAddress: "help@rekey.example",
  footer: "Rekey, Example St 1",
};
const unlinked = ["server-error", "mail-test"];

/** Every mail in every language, rendered for every fixture. */
const all = Object.entries(samples).flatMap(([name, render]) =>
  locales.map((locale) => ({
    name,
    locale,
    mails: Object.values(fixtures).map((fixture) =>
      render(brand, { locale, timeZone: "UTC" }, fixture),
    ),
  })),
);

test("every mail has a sample", () => {
  expect(modules).toEqual(
    Object.keys(samples)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test.each(modules)("%s loads neither MJML nor templates", async (file) => {
  const code = await readFile(join(generated, file), "utf8");
  const imports = [...code.matchAll(/^import (?!type).* from "(.+)";$/gm)].map(([, path]) => path);
  expect(imports).toEqual(["../src/html.ts", "../src/reader.ts", "../src/values.ts"]);
  expect(code).not.toMatch(/\bimport\(|\brequire\(/);
});

test("no catalog names the product: that is the brand's", async () => {
  for (const locale of locales) {
    const catalog = await readFile(join(import.meta.dirname, "locales", `${locale}.json`), "utf8");
    expect([locale, catalog.match(/.*Rekey.*/)]).toEqual([locale, null]);
  }
});

test("every colour that a mail uses is the brand's", () => {
  const colours = schemes.flatMap((scheme): string[] =>
    Object.values({ ...brand.colours[scheme] }),
  );
  for (const { html } of all.flatMap(({ mails }) => mails)) {
    const used = new Set(html.match(/(?<!&)#[0-9a-f]{3,8}\b/gi));
    expect([...used].filter((colour) => !colours.includes(colour))).toEqual([]);
  }
});

describe.each(all)("$name in $locale", ({ name, locale, mails }) => {
  test("carries the same links in both parts, all of them to the app", () => {
    for (const { html, text } of mails) {
      const hrefs = linksOf(html);
      const links = hrefs.filter((href) => href !== "mailto:help@rekey.example");
      const inText = text.split("\n").filter((line) => /^https?:\/\/\S+$/.test(line));
      expect([...new Set(links)].sort()).toEqual([...new Set(inText)].sort());
      expect(links.filter((link) => !link.startsWith(`${app}/`))).toEqual([]);
      expect(links.length > 0).toBe(!unlinked.includes(name));
      expect(text).toContain("help@rekey.example");
      expect(hrefs.length - links.length).toBe(1);
    }
  });

  test("shows the link of its button in full as well", () => {
    for (const { html, text } of mails) {
      const [main] = text.match(/^https?:\/\/\S+$/m) ?? [];
      if (main === undefined) continue;
      const [, button = ""] = html.match(/class="button".*?<a href="([^"]*)"/s) ?? [];
      expect(decode(button)).toBe(main);
      expect(html.includes(`>${main}</a>`)).toBe(true);
    }
  });

  test("is small, has no image and loads nothing", () => {
    for (const { html } of mails) {
      expect(Buffer.byteLength(html)).toBeLessThan(20_000);
      expect(html).not.toMatch(/<(?:img|link|script|iframe|object|svg)\b|url\(|@import|\bsrc=/i);
    }
  });

  test("can be read by everyone", () => {
    for (const { subject, html } of mails) {
      expect(html.match(/<html lang="\S+" dir="\S+"/)?.[0]).toBe(
        `<html lang="${locale}" dir="${directionOf(locale)}"`,
      );
      expect(decode(html)).toContain(`<title>${subject}</title>`);
      expect(html).toContain('<meta name="color-scheme" content="light dark">');
      expect(html).toContain("@media (prefers-color-scheme: dark)");
      expect(html.match(/<h[1-6]/g)).toEqual(["<h1"]);
      const tables = html.replace(/<!--.*?-->/gs, "").match(/<table\b[^>]*>/g) ?? [];
      expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
    }
  });

  test("runs in the direction of its language", () => {
    const other = toScript(locale).start === "left" ? "right" : "left";
    for (const { html } of mails) {
      expect(html).not.toMatch(new RegExp(`text-align: ?${other}|align="${other}"`));
      const directions = html.match(/(?<=direction: ?)(?:ltr|rtl)/g) ?? [];
      expect(new Set(directions)).toEqual(new Set([directionOf(locale)]));
    }
  });

  test("shows a preview that goes on where the subject ends, and nothing after it", () => {
    const shortest = ["ja", "zh-Hans"].includes(locale) ? 10 : 20;
    for (const { subject, html } of mails) {
      const [, preview = ""] = html.match(/<div style="display:none[^"]*">([^<]+)<\/div>/) ?? [];
      const [said = "", padding = ""] = preview.split(/(?=&#847;)/, 2);
      expect(said.length).toBeGreaterThan(shortest);
      expect(said).not.toBe(subject);
      expect(padding).not.toBe("");
    }
  });

  test("has nothing left to fill in, and no empty lines without reason", () => {
    for (const { subject, html, text } of mails) {
      for (const part of [subject, html, text]) {
        expect(part).not.toMatch(/\{\{|\[\[|undefined|NaN|Invalid|null/);
      }
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).not.toMatch(/\n{3}|^\n|\n\n$/);
    }
  });
});

function linksOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => decode(href));
}

function decode(html: string): string {
  return html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
