import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { choosePassword, freshPage, openPasswordForm, requestReset, signUp } from "./steps.ts";

const WEAK = "internationalization";
const advisersFiles = /\/assets\/strength[.-]/;

const passwordOf = (page: Page) => page.getByLabel(/^(New password|Password)$/);
const adviceOf = (page: Page) => page.locator("#password-advice");

/** Until the words of the language are there, which come last: without them this one passes for strong. */
async function waitForWords(page: Page) {
  await passwordOf(page).fill(WEAK);
  await expect(adviceOf(page)).toHaveText("Easy to guess. Add another word or two.");
}

test("what advice takes is fetched when a password is about to be chosen, and not before", async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on("request", (request) => void fetched.push(request.url()));
  await page.goto("/sign-up");
  await page.getByLabel("Email address").fill("ada@example.com");
  await page.waitForLoadState("networkidle");
  expect(await page.content()).not.toMatch(advisersFiles);
  expect(fetched.filter((url) => advisersFiles.test(url))).toEqual([]);
  expect(page.workers()).toEqual([]);

  await passwordOf(page).focus();
  await expect.poll(() => fetched.filter((url) => advisersFiles.test(url)).length).toBe(2);
  expect(page.workers()).toHaveLength(1);
});

test("a weak password is told so with a suggestion, a strong one too, and neither is held up", async ({
  page,
  site,
}) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const email = freshEmail("grace");
  await signUp(page, site, email, "Grace Hopper");
  await page.goto("/settings");
  await openPasswordForm(page);
  await waitForWords(page);
  await passwordOf(page).fill("GraceHopper1");
  await expect(adviceOf(page)).toContainText("Avoid your own details and our name.");
  await passwordOf(page).fill(NEW_PASSWORD);
  await expect(adviceOf(page)).toHaveText("Strong.");

  await page.goto(await requestReset(await freshPage(page), site, email));
  await waitForWords(page);
  await passwordOf(page).fill("short");
  await expect(adviceOf(page)).toBeEmpty();
  await choosePassword(page, WEAK);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("advice is announced once, when typing has paused, after the hint or the error", async ({
  page,
}) => {
  await page.clock.install();
  await page.goto("/sign-up");
  await passwordOf(page).focus();
  await page.clock.pauseAt(Date.now() + 60_000);
  await adviceOf(page).evaluate((region) => {
    const said: string[] = [];
    Object.assign(window, { said });
    const listen = () => said.push(region.textContent ?? "");
    new MutationObserver(listen).observe(region, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);

  await passwordOf(page).pressSequentially("password1234");
  await page.clock.runFor(600);
  await passwordOf(page).press("5");
  await page.clock.runFor(600);
  expect(await said()).toEqual([]);
  await page.clock.runFor(200);
  await expect(adviceOf(page)).toHaveText("Easy to guess. Add another word or two.");
  expect(await said()).toEqual(["Easy to guess. Add another word or two."]);
  await expect(adviceOf(page)).toHaveRole("status");
  await expect(passwordOf(page)).toHaveAccessibleDescription(
    "At least 8 characters. A few words work well. Easy to guess. Add another word or two.",
  );

  // Refused, it is described by the error first; the advice is not said again.
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await said()).toHaveLength(1);
});

test("password managers hear which passwords are accepted", async ({ page, site }) => {
  await page.goto("/sign-up");
  const rules = "minlength: 8; maxlength: 256;";
  await expect(passwordOf(page)).toHaveAttribute("passwordrules", rules);
  await signUp(page, site, freshEmail());
  await page.goto("/settings");
  await openPasswordForm(page);
  await expect(passwordOf(page)).toHaveAttribute("passwordrules", rules);
  await expect(page.getByLabel("Confirm new password")).toHaveAttribute("passwordrules", rules);
  const current = page.getByLabel("Current password", { exact: true });
  await expect(current).not.toHaveAttribute("passwordrules");
});

test("where the worker cannot be had, forms work and nothing is said", async ({ page, site }) => {
  const errors: Error[] = [];
  page.on("pageerror", (error) => void errors.push(error));
  await page.route(advisersFiles, (route) => route.abort());
  await page.goto("/sign-up");
  const refused = page.waitForEvent("requestfailed", (request) =>
    advisersFiles.test(request.url()),
  );
  await passwordOf(page).focus();
  await refused;
  await signUp(page, site, freshEmail());
  await page.goto("/settings");
  await openPasswordForm(page);
  await passwordOf(page).fill(WEAK);
  await expect(adviceOf(page)).toBeEmpty();
  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm new password").fill(WEAK);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password has been changed")).toBeVisible();
  expect(errors).toEqual([]);
});

test("where only the words of a language cannot be had, common passwords are known", async ({
  page,
}) => {
  await page.route(/\/assets\/strength-/, (route) => route.abort());
  await page.goto("/sign-up");
  await passwordOf(page).fill("password1234");
  await expect(adviceOf(page)).toHaveText("Easy to guess. Add another word or two.");
});

test("nothing moves when advice comes, and it is accessible in light and dark", async ({
  page,
}) => {
  await page.goto("/sign-up");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const button = page.getByRole("button", { name: "Create account" });
    await passwordOf(page).fill("");
    await expect(adviceOf(page)).toBeEmpty();
    const before = await button.boundingBox();
    await waitForWords(page);
    expect(await button.boundingBox()).toEqual(before);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
});
