/// <reference lib="dom" />
// Writes screens/mails: each email in light, dark and inverted side by side, narrow and wide.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { builtInBrand } from "@rekey/contract/brand";
import type { Locale } from "@rekey/contract/locales";
import build from "../build.ts";
import { escapeHtml } from "../src/html.ts";
import { inTheme, themes } from "./themes.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "screens/mails");
const widths = [320, 600];
/** English for all; the others where there is most to see. */
const languages: Record<string, Locale[]> = {
  "reset-password": ["en", "de", "ja", "ar"],
  "password-changed": ["en", "ar"],
};

await build();
const { fixtures, samples } = await import("../samples.ts");
const brand = { ...builtInBrand, supportAddress: "help@rekey.example" };
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({
  // Debian's, or where the command line says.
  executablePath: process.argv[2] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
const page = await browser.newPage();
const session = await page.context().newCDPSession(page);
for (const [name, render] of Object.entries(samples)) {
  for (const locale of languages[name] ?? (["en"] as const)) {
    const { html } = render(brand, { locale, timeZone: "UTC" }, fixtures.everyday);
    for (const width of widths) {
      await page.setViewportSize({ width: width * themes.length + 16, height: 400 });
      const frames = themes.map(
        (theme) =>
          `<iframe style="border:0;width:${width}px" srcdoc="${escapeHtml(inTheme(html, theme))}"></iframe>`,
      );
      await page.setContent(
        `<body style="margin:0;display:flex;gap:8px;background:#888">${frames.join("")}</body>`,
      );
      await page.evaluate(() => {
        for (const frame of document.querySelectorAll("iframe")) {
          frame.style.height = `${frame.contentDocument?.documentElement.scrollHeight}px`;
        }
      });
      const height = await page.evaluate(() => document.body.scrollHeight);
      await page.setViewportSize({ width: width * themes.length + 16, height });
      const { data } = await session.send("Page.captureScreenshot", {
        format: "webp",
        quality: 25,
      });
      await writeFile(join(folder, `${name}-${locale}-${width}.webp`), Buffer.from(data, "base64"));
    }
  }
}
// And the one that the README shows.
const mail = samples["reset-password"]?.(
  brand,
  { locale: "en", timeZone: "UTC" },
  fixtures.everyday,
);
await page.setViewportSize({ width: 600, height: 517 });
await page.setContent(mail?.html ?? "");
await page.screenshot({ path: join(root, "docs/images/reset-mail.png") });
await browser.close();
process.stdout.write(`Wrote ${folder}\n`);
