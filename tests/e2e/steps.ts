import { expect, type Page } from "@playwright/test";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, PASSWORD } from "../support/people.ts";
import type { Site } from "./fixtures.ts";

/** Fills in and sends the sign-up form, opens the mail, follows its link and confirms. */
export async function signUp(page: Page, { mailbox }: Site, email: string, name = "Ada Example") {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  const mail = await mailbox.mailTo(email, /verify-email#/);
  await page.goto(linkIn(mail.text, "verify-email"));
  await page.getByRole("button", { name: "Confirm my email address" }).click();
  await expect(page.getByRole("heading", { name: `Hello, ${name}` })).toBeVisible();
}

export async function signOut(page: Page) {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out")).toBeVisible();
}

export async function requestReset(page: Page, { mailbox }: Site, email: string): Promise<string> {
  const before = mailbox.to(email).length;
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Check your email")).toBeVisible();
  const mail = await mailbox.mailTo(email, /reset-password#/, before);
  return linkIn(mail.text, "reset-password");
}

export async function choosePassword(page: Page, password: string, confirmation = password) {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("Confirm new password").fill(confirmation);
  await page.getByRole("button", { name: "Set the new password" }).click();
}

/** A page in a browser of its own, where nobody is signed in. */
export async function freshPage(page: Page): Promise<Page> {
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: new URL(page.url()).origin });
  if (!context) throw new Error("No browser");
  return context.newPage();
}

/** Opens the form for a new password on /settings. */
export async function openPasswordForm(page: Page) {
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password", { exact: true })).toBeFocused();
}

/** Fills in and sends the open form on /settings. */
export async function changePassword(page: Page, current: string, next: string) {
  await page.getByLabel("Current password", { exact: true }).fill(current);
  await page.getByLabel("New password", { exact: true }).fill(next);
  await page.getByLabel("Confirm new password").fill(next);
  await page.getByRole("button", { name: "Change password" }).click();
}

/** The address of a new account; nobody is signed in afterwards. */
export async function signedOutAccount(page: Page, site: Site): Promise<string> {
  const email = freshEmail();
  await signUp(page, site, email);
  await signOut(page);
  return email;
}
