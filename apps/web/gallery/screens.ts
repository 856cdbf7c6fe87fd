// Writes screens/pages, a picture of each story: narrow and wide, in light and in dark. And the
// pages that the README shows.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { storyAddress } from "./choice.ts";
import { serveGallery } from "./serve.ts";
import { storiesByPage } from "./stories.ts";

const docs = join(import.meta.dirname, "../../../docs");
const folder = join(docs, "../screens/pages");
/** The wide ones are shown at half their size. */
const sizes = [
  { width: 390, height: 844, scale: 1 },
  { width: 1280, height: 800, scale: 0.5 },
];
const forReadme = {
  "forgot-password": "forgot-password/plain",
  "reset-password": "reset-password/form",
  "password-reset": "sign-in/password-reset",
};

await using gallery = await serveGallery();
await using browser = await chromium.launch({
  // Debian's, or where the command line says.
  executablePath: process.argv[2] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
const context = await browser.newContext({ baseURL: gallery.url, timezoneId: "UTC" });
const page = await context.newPage();
const sheet = await context.newPage();
const session = await context.newCDPSession(sheet);

await rm(folder, { recursive: true, force: true });
for (const stories of storiesByPage.values()) {
  for (const story of stories.keys()) {
    await tell(story);
    await writePicture(join(folder, `${story}.webp`), await fourWays());
  }
}
for (const [name, story] of Object.entries(forReadme)) {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 600, height: 517 });
  await tell(story);
  await page.screenshot({ path: join(docs, `images/${name}.png`), caret: "hide" });
}
process.stdout.write(`Wrote ${folder}\n`);

async function tell(story: string): Promise<void> {
  await page.goto(storyAddress({ story }));
  await page.locator("html[data-story=told]").waitFor();
}

/** The story that is told, as images in HTML. */
async function fourWays(): Promise<string[]> {
  const images: string[] = [];
  for (const { width, height, scale } of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      // All of it, in a window as high as it is: what clings to the window's edge stays there.
      await page.setViewportSize({ width, height: Math.max(height, await heightOf(page)) });
      const png = await page.screenshot({ animations: "disabled", caret: "hide" });
      const source = `data:image/png;base64,${png.toString("base64")}`;
      images.push(`<img src="${source}" width="${width * scale}" style="display:block">`);
    }
  }
  return images;
}

async function writePicture(file: string, [first, second, ...wide]: string[]): Promise<void> {
  await sheet.setViewportSize({ width: 390 * 2 + 640 + 2 * 8, height: 100 });
  await sheet.setContent(
    `<!doctype html><body style="margin:0;display:flex;gap:8px;align-items:start;background:#888">
    ${first}${second}<div style="display:grid;gap:8px">${wide.join("")}</div>`,
  );
  await sheet.setViewportSize({ width: 390 * 2 + 640 + 2 * 8, height: await heightOf(sheet) });
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 30 });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(data, "base64"));
}

function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight);
}
