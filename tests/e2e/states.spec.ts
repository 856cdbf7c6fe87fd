import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { type Site, test } from "./fixtures.ts";
import { choosePassword, linkIn, requestReset, signOut } from "./steps.ts";

/**
 * Where pictures of every state go (`SCREENS=folder`), to be looked at. Without it the states are
 * only checked.
 */
const { SCREENS: screens } = process.env;

/** Checks a state in light and dark, at its own size and at 320 px: axe, no sideways scroll. */
async function look(page: Page, name: string) {
  const project = test.info().project.name;
  const viewport = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    expect(violations.map(({ id, nodes }) => [name, colorScheme, id, nodes[0]?.html])).toEqual([]);
    if (screens) {
      const path = `${screens}/${name}-${project}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect([name, "sideways scroll at 320 px", overflow]).toEqual([
    name,
    "sideways scroll at 320 px",
    0,
  ]);
  if (viewport) await page.setViewportSize(viewport);
}

test("every page and state is accessible and fits", async ({ page, site }) => {
  await signedOutStates(page);
  const email = freshEmail();
  await signedInStates(page, site, email);
  await linkStates(page, site, email);
});

async function signedOutStates(page: Page) {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Welcome to Rekey" })).toBeVisible();
  await look(page, "home");

  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await look(page, "sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter an email address");
  await look(page, "sign-in-errors");

  await page.goto("/sign-up");
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await look(page, "sign-up");

  await page.goto("/forgot-password");
  await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
  await look(page, "forgot-password");
  await page.getByLabel("Email address").fill("ada@example.com");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Check your mailbox")).toBeVisible();
  await look(page, "reset-requested");

  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await look(page, "not-found");
}

async function signedInStates(page: Page, site: Site, email: string) {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Ada Example");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check your mailbox" })).toBeVisible();
  await look(page, "sign-up-accepted");

  const mail = await site.mailbox.mailTo(email, /verify-email#/);
  await page.goto(linkIn(mail.text, "verify-email"));
  await expect(page.getByRole("heading", { name: "Confirm your email address" })).toBeVisible();
  await look(page, "verify-email");
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByText("Your address is confirmed")).toBeVisible();
  await look(page, "home-signed-in");

  await page.getByRole("link", { name: "Your settings" }).click();
  await expect(page.getByRole("heading", { name: "Your settings" })).toBeVisible();
  await expect(page.getByText("This device", { exact: true })).toBeVisible();
  await expect(page.getByText("The account was created")).toBeVisible();
  await look(page, "settings");
  await signOut(page);
}

async function linkStates(page: Page, site: Site, email: string) {
  const first = await requestReset(page, site, email);
  const second = await requestReset(page, site, email);
  const titles = {
    [first]: "There is a newer link",
    [`${second.slice(0, -6)}abcdef`]: "This link does not work",
    [`${site.url}/reset-password`]: "Open the link from your mail",
  };
  for (const [link, title] of Object.entries(titles)) {
    await page.goto("/");
    await page.goto(link);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await look(page, title.toLowerCase().replaceAll(" ", "-"));
  }

  await page.goto(second);
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await look(page, "reset-password");
  await choosePassword(page, "short", "different");
  await expect(page.getByRole("alert")).toContainText("The two passwords are not the same");
  await look(page, "reset-password-errors");

  const mail = site.mailbox.to(email).at(-1);
  await page.goto(linkIn(mail?.text ?? "", "not-me"));
  await expect(page.getByRole("heading", { name: "Wasn't it you?" })).toBeVisible();
  await look(page, "not-me");
  await page.getByRole("button", { name: "Cancel this request" }).click();
  await expect(page.getByRole("heading", { name: "The request is cancelled" })).toBeVisible();
  await look(page, "not-me-cancelled");
  await page.goto(second);
  await expect(page.getByRole("heading", { name: "This link has been used" })).toBeVisible();
  await look(page, "link-used");

  const third = await requestReset(page, site, email);
  await page.goto(third);
  await choosePassword(page, "Quiet+Lantern+over+9+hills");
  await expect(page.getByText("Your password has been reset")).toBeVisible();
  await look(page, "password-reset");

  const notice = await site.mailbox.mailTo(email, /secure-account#/);
  await page.goto(linkIn(notice.text, "secure-account"));
  await expect(page.getByRole("heading", { name: "Secure your account" })).toBeVisible();
  await look(page, "secure-account");
  await page.getByRole("button", { name: "Lock them out" }).click();
  await expect(page.getByRole("heading", { name: "They are locked out" })).toBeVisible();
  await look(page, "secure-account-done");
}
