import { expect, type Page } from "@playwright/test";
import { freshEmail } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { signUp } from "./steps.ts";

const DARK = "rgb(13, 15, 19)";
const LIGHT = "rgb(246, 247, 249)";

function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

/** The colour that the browser gives its own frame. */
function frame(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const metas = document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]");
    return [...metas].find(({ media }) => matchMedia(media).matches)?.content ?? null;
  });
}

test("the appearance is the system's, until one is chosen, and then from the first paint on", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/sign-in");
  expect([await ground(page), await frame(page)]).toEqual([DARK, "#0d0f13"]);
  await page.getByLabel("Appearance").selectOption("Light");
  expect([await ground(page), await frame(page)]).toEqual([LIGHT, "#f6f7f9"]);

  // The scripts never come: what is painted without them is light already.
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect.poll(() => ground(page)).toBe(LIGHT);
  await page.unroute("**/assets/*.js");

  await page.goto("/sign-in");
  await expect(page.getByLabel("Appearance")).toHaveValue("light");
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByLabel("Appearance").selectOption("Dark");
  expect([await ground(page), await frame(page)]).toEqual([DARK, "#0d0f13"]);
  await page.getByLabel("Appearance").selectOption("Automatic");
  expect([await ground(page), await frame(page)]).toEqual([LIGHT, "#f6f7f9"]);
});

test("the settings have language and appearance once, in their midst", async ({ page, site }) => {
  await signUp(page, site, freshEmail());
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Language and appearance" });
  await expect(section.getByLabel("Appearance")).toBeVisible();
  await expect(page.getByLabel("Language", { exact: true })).toHaveCount(1);
  await section.getByLabel("Language", { exact: true }).selectOption("Español");
  await expect(page.getByRole("heading", { name: "Idioma y apariencia" })).toBeVisible();
});

test("an answer that takes long is spoken of, and what comes of it is shown", async ({ page }) => {
  const answer = Promise.withResolvers<void>();
  await page.route("**/trpc/requestReset*", async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill("ada@example.com");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Please wait")).toBeAttached();
  await expect(page.getByText("Still working")).toBeVisible();
  answer.resolve();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
});
