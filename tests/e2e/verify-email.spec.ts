import { expect, type Page } from "@playwright/test";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { type Site, test } from "./fixtures.ts";
import { freshPage, signOut, signUp } from "./steps.ts";

/** The link of a sign-up that another browser than `page` sent, with `PASSWORD`. */
async function linkFromElsewhere(page: Page, site: Site, email: string): Promise<string> {
  const elsewhere = await freshPage(page);
  await elsewhere.goto("/sign-up");
  await elsewhere.getByLabel("Your name").fill("Ada Example");
  await elsewhere.getByLabel("Email address").fill(email);
  await elsewhere.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole("button", { name: "Create account" }).click();
  const mail = await site.mailbox.mailTo(email, /verify-email#/);
  await elsewhere.context().close();
  return linkIn(mail.text, "verify-email");
}

async function choose(page: Page, password: string, verb: string) {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("Confirm new password").fill(password);
  await page.getByRole("button", { name: verb }).click();
}

const CONFIRM = "Confirm my email address";

test("a sign-up from another browser is confirmed with a password that is chosen here", async ({
  page,
  site,
}) => {
  await page.goto("/");
  const email = freshEmail();
  await page.goto(await linkFromElsewhere(page, site, email));
  await page.getByRole("button", { name: CONFIRM }).click();
  await expect(page.getByText("The one entered at sign-up will not be used")).toBeVisible();
  await expect(page.getByText("For the account a•••@example.test")).toBeVisible();
  await expect(page.getByRole("heading", { name: CONFIRM.replace("my", "your") })).toBeFocused();

  await choose(page, "password1234", CONFIRM);
  await expect(page.getByRole("alert")).toContainText("too easy to guess");
  await choose(page, NEW_PASSWORD, CONFIRM);
  await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();

  await signOut(page);
  await page.goto("/sign-in");
  for (const password of [PASSWORD, NEW_PASSWORD]) {
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    if (password === PASSWORD) await expect(page.getByRole("alert")).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();
});

test("a browser that is signed in as somebody else is asked before it changes accounts", async ({
  page,
  site,
}) => {
  const mine = freshEmail();
  await signUp(page, site, mine, "Grace Example");
  const other = freshEmail();
  await page.goto(await linkFromElsewhere(page, site, other));
  await expect(page.getByText(`You are signed in as ${mine}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out and confirm" }).click();
  await expect(page.getByText(`You are signed in as ${mine}`)).toBeVisible();
  await choose(page, NEW_PASSWORD, "Sign out and confirm");
  await expect(page.getByText(`You are signed in as ${other}`)).toBeVisible();
});
