import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type Choice, storyAddress } from "@rekey/web/gallery/choice";
import { storiesByPage } from "@rekey/web/gallery/stories";
import type { Story } from "@rekey/web/gallery/story";
import { test } from "./gallery-fixture.ts";

// What fails here can be looked at under /dev/pages, so no time is spent on traces.
test.use({ reducedMotion: "reduce", trace: "off" });

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What can differ between two themes or sizes of one document: colours, sizes, places. */
const looks = [
  "color-contrast",
  "link-in-text-block",
  "target-size",
  "scrollable-region-focusable",
];

const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/** Whatever axe knows, but for `without`, on the page as it stands. */
function violations(page: Page, { waiting = false }: Story, without: string[] = []) {
  const disabled = [...without, ...(waiting ? ["page-has-heading-one"] : [])];
  return found(axeOn(page).withTags(rules).disableRules(disabled));
}

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

function sidewaysScroll(page: Page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Controls lower than 44 px (WCAG 2.5.5); links within a sentence are excepted. */
function lowTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary")]
      .filter((element) => element.checkVisibility() && element.offsetHeight < 43.5)
      .filter((element) => !element.closest("p, li, [aria-hidden=true]"))
      .map((element) => `${element.offsetHeight} px: ${element.outerHTML.slice(0, 160)}`),
  );
}

/** Tells a story, and sees to it that everything it promises is there. */
async function tell(page: Page, choice: Partial<Choice>) {
  await page.goto(storyAddress(choice));
  const root = page.locator("html[data-story]");
  await root.waitFor();
  expect(await root.getAttribute("data-story")).toBe("told");
  await settled(page);
}

/** Waits for what fades in: half way it has less contrast. What goes round for ever is not waited for. */
async function settled(page: Page) {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** By the page's own choice of languages; a story without one, or whose calls wait, is told anew. */
async function changeToArabic(page: Page, name: string, { waiting = false, offline }: Story) {
  const choice = page.locator("select").filter({ has: page.locator("option[value=ar]") });
  if (waiting || offline || (await choice.count()) !== 1)
    return tell(page, { story: name, locale: "ar" });
  await choice.selectOption("ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await settled(page);
}

/** Each mode once: themes, zoom, width, direction, forced colours. */
async function look(page: Page, name: string, story: Story) {
  await tell(page, { story: name });
  expect.soft(await violations(page, story), "light").toEqual([]);

  // As a window of 1280 x 800 zoomed to 200 % is laid out.
  await page.setViewportSize({ width: 640, height: 400 });
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await found(axeOn(page).withRules(looks)), "dark, at 200 %").toEqual([]);
  expect.soft(await sidewaysScroll(page), "sideways scroll at 200 %").toBe(0);

  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await sidewaysScroll(page), "sideways scroll at 320 px").toBe(0);
  expect.soft(await lowTargets(page), "low targets").toEqual([]);

  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await changeToArabic(page, name, story);
  // Forced colours are the system's.
  const arabic = await violations(page, story, ["color-contrast"]);
  expect.soft(arabic, "Arabic, in forced colours").toEqual([]);
  expect.soft(await sidewaysScroll(page), "sideways scroll in Arabic").toBe(0);
}

for (const stories of storiesByPage.values()) {
  for (const [name, story] of stories) {
    test(name, async ({ page }) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => void complaints.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      await look(page, name, story);
      expect(complaints.length > 0, complaints.join("\n")).toBe(story.breaks ?? false);
    });
  }
}
