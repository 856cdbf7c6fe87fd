import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { type Browser, called } from "./browser.ts";

const { FIREFOX = "/usr/bin/firefox-esr" } = process.env;

/** Null when it can be started, else why not. */
export const whyNoFirefox = existsSync(FIREFOX)
  ? null
  : `no Firefox at ${FIREFOX}; install it (Debian: apt-get install firefox-esr) or set FIREFOX`;

/** Firefox as installed, driven over WebDriver BiDi. */
export async function startFirefox(): Promise<Browser> {
  const firefox = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
  });
  const page = await firefox.newPage();
  await page.setViewport({ width: 390, height: 844 });
  return {
    async open(url) {
      await page.goto(url);
    },
    async type(id, text) {
      const field = await page.waitForSelector(`#${id}`, { visible: true, timeout: 60_000 });
      await field?.evaluate((input) => (input as unknown as { select(): void }).select());
      await field?.type(text);
    },
    async press(name) {
      const found = await page.waitForSelector(`xpath/.${called(name)}`, {
        visible: true,
        timeout: 60_000,
      });
      await found?.click();
    },
    evaluate: <Value>(expression: string) => page.evaluate(expression) as Promise<Value>,
    async picture(file) {
      await page.screenshot({ path: file as `${string}.png` });
    },
    async close() {
      await firefox.close();
    },
  };
}
