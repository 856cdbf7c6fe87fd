import { expect, type Page } from "@playwright/test";
import { linkIn } from "../support/mailbox.ts";
import { NEW_PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { signedOutAccount } from "./steps.ts";

/**
 * A new page, as a screen reader meets it: its title is announced, the focus is on its heading, and
 * from there on everything comes in the order of `main`, between the way home and the preferences.
 */
async function reads(page: Page, title: string, main: string) {
  await expect(page).toHaveTitle(title);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  const inMain = main.trim().replaceAll("\n", "\n  ");
  await expect(page.locator("body")).toMatchAriaSnapshot(`
- banner:
  - link "Rekey, home"
- main:
  ${inMain}
- contentinfo:
  - combobox "Language"
  - combobox "Appearance"
`);
}

test("a screen reader meets everything in order, and is told what happens", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);

  await page.goto("/sign-in");
  await reads(
    page,
    "Sign in – Rekey",
    `
- heading "Sign in" [level=1]
- text: Email address
- textbox "Email address"
- text: Password
- textbox "Password"
- button "Show password"
- link "Forgot your password?"
- button "Sign in"
- paragraph:
  - text: New here?
  - link "Create an account"
`,
  );

  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveTitle("Error: Sign in – Rekey");
  const problems = page.getByRole("alert", { name: "Check 2 things" });
  await expect(problems).toBeFocused();
  await expect(problems).toMatchAriaSnapshot(`
- alert:
  - heading "Check 2 things" [level=2]
  - list:
    - listitem:
      - link "Enter an email address"
    - listitem:
      - link "Enter your password"
`);
  const address = page.getByLabel("Email address");
  await expect(address).toHaveAccessibleDescription("Error: Enter an email address");
  await expect(address).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await reads(
    page,
    "Reset your password – Rekey",
    `
- heading "Reset your password" [level=1]
- paragraph: /Enter the email address/
- textbox "Email address"
- button "Send the link"
- paragraph:
  - text: Remembered your password?
  - link "Sign in"
`,
  );

  await address.fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await reads(
    page,
    "Check your email – Rekey",
    `
- heading "Check your email" [level=1]
- paragraph:
  - text: If there is an account for
  - strong: ${email}
- textbox "Code from the email"
- button "Continue"
- button "Send again"
- paragraph:
  - text: /No email after a minute/
  - link "Change the address"
- paragraph:
  - link "Sign in"
`,
  );
  const first = await site.mailbox.mailTo(email, /reset-password#/);
  const before = site.mailbox.to(email).indexOf(first) + 1;
  await page.getByRole("button", { name: "Send again" }).click();
  // Announced where it stands; the focus stays on the button.
  await expect(page.getByRole("status").filter({ hasText: "Requested again at" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again" })).toBeFocused();

  const mail = await site.mailbox.mailTo(email, /reset-password#/, before);
  await page.goto(linkIn(mail.text, "reset-password"));
  await reads(
    page,
    "Choose a new password – Rekey",
    `
- heading "Choose a new password" [level=1]
- paragraph:
  - text: For the account
  - strong: /^a•••@/
- textbox "New password"
- button "Show new password"
- textbox "Confirm new password"
- button "Show confirmation"
- button "Set the new password"
`,
  );
  const password = page.getByLabel("New password", { exact: true });
  await expect(password).toHaveAccessibleDescription(/^At least 8 characters/);
  await password.fill("short");
  await page.getByRole("button", { name: "Show new password" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "new password is visible" }),
  ).toBeAttached();
  await page.getByLabel("Confirm new password").focus();
  await expect(password).toHaveAccessibleDescription(/Error: Use at least 8 characters/);

  await password.fill(NEW_PASSWORD);
  await page.getByLabel("Confirm new password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await reads(
    page,
    "Sign in – Rekey",
    `
- heading "Sign in" [level=1]
- status:
  - heading "Your password has been reset" [level=2]
- textbox "Email address"
- textbox "Password"
- button "Sign in"
`,
  );
  // The news is read out together with the heading.
  await expect(page.getByRole("heading", { level: 1 })).toHaveAccessibleDescription(
    /Your password has been reset/,
  );
});
