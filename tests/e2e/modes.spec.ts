import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { freshEmail } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { freshPage, requestReset, signUp } from "./steps.ts";

/** A window of 1280 x 800 zoomed to 200 % lays out as one half as large. */
const modes = [
  { name: "forced colours", media: { forcedColors: "active" }, size: [1280, 800] },
  { name: "reduced motion", media: { reducedMotion: "reduce" }, size: [1280, 800] },
  { name: "320 px", media: {}, size: [320, 640] },
  { name: "200 % zoom", media: {}, size: [640, 400] },
] as const;

/** Controls lower than 44 px (WCAG 2.5.5); links within a sentence are excepted. */
async function lowTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary")]
      .filter(
        (element) => element.checkVisibility() && !element.closest("p, li, [aria-hidden=true]"),
      )
      .filter((element) => {
        const { height, bottom } = element.getBoundingClientRect();
        return bottom > 0 && height > 0 && height < 43.5;
      })
      .map((element) => `${element.offsetHeight} px: ${element.outerHTML.slice(0, 160)}`),
  );
}

async function look(page: Page, heading: string) {
  await expect(page.getByRole("heading", { name: heading, exact: true }).first()).toBeVisible();
  for (const { name, media, size } of modes) {
    await page.emulateMedia({ forcedColors: "none", reducedMotion: "no-preference", ...media });
    await page.setViewportSize({ width: size[0], height: size[1] });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    expect.soft(found, `${heading}, ${name}: axe`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overflow, `${heading}, ${name}: sideways scroll`).toBeLessThanOrEqual(0);
    expect.soft(await lowTargets(page), `${heading}, ${name}: low targets`).toEqual([]);
  }
}

test("the main pages keep working in forced colours, without motion, narrow and zoomed", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await signUp(page, site, email);
  await page.goto("/settings");
  await look(page, "Your settings");

  const stranger = await freshPage(page);
  await stranger.goto("/sign-in");
  await look(stranger, "Sign in");
  await stranger.goto("/forgot-password");
  await look(stranger, "Reset your password");
  await stranger.goto(await requestReset(stranger, site, email));
  await look(stranger, "Choose a new password");
  await stranger.context().close();
});
