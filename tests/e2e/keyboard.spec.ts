import { expect, type Locator, type Page } from "@playwright/test";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";

/** What has the focus: whether that can be seen (WCAG 2.4.7), and where it stands on the page. */
async function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const outlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    const place = [...document.querySelectorAll("*")].indexOf(element);
    const visible = element.matches(":focus-visible") && (outlined || boxShadow !== "none");
    return { html: element.outerHTML.slice(0, 160), place, visible };
  });
}

/** Presses Tab until the target has the focus; every stop must be visible and further down. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  let last = (await focused(page))?.place ?? -1;
  for (let stop = 0; stop < 30; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (!at) continue;
    expect(at.visible, `the focus shows on ${at.html}`).toBe(true);
    expect(at.place, `reading order at ${at.html}`).toBeGreaterThan(last);
    last = at.place;
  }
  throw new Error("Thirty presses of Tab do not reach it");
}

async function type(page: Page, label: string, text: string) {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

async function press(page: Page, role: "button" | "link", name: string, key = "Enter") {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await page.keyboard.press(key);
}

test("the keyboard alone is enough: sign up, sign out, forget, reset, sign in", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await page.goto("/sign-up");
  await type(page, "Your name", "Ada Example");
  await type(page, "Email address", email);
  await type(page, "Password", PASSWORD);
  await press(page, "button", "Create account", "Space");
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  const welcome = await site.mailbox.mailTo(email, /verify-email#/);
  await page.goto(linkIn(welcome.text, "verify-email"));
  await press(page, "button", "Confirm my email address");
  await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();

  await page.goto("/");
  await press(page, "button", "Sign out", "Space");
  await expect(page.getByText("You are signed out")).toBeVisible();

  await page.goto("/sign-in");
  await press(page, "link", "Forgot your password?");
  await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
  await type(page, "Email address", email);
  await press(page, "button", "Send the link");
  await expect(page.getByText(`If there is an account for ${email}`)).toBeVisible();

  const mail = await site.mailbox.mailTo(email, /reset-password#/);
  await page.goto(linkIn(mail.text, "reset-password"));
  await type(page, "New password", NEW_PASSWORD);
  await type(page, "Confirm new password", NEW_PASSWORD);
  await page.keyboard.press("Shift+Tab");
  expect((await focused(page))?.visible).toBe(true);
  await press(page, "button", "Set the new password", "Space");
  await expect(page.getByText("Your password has been reset")).toBeVisible();

  await type(page, "Email address", email);
  await type(page, "Password", NEW_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();
});
