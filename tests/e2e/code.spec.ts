import { expect } from "@playwright/test";
import { codeIn } from "../support/mailbox.ts";
import { NEW_PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { choosePassword, signedOutAccount } from "./steps.ts";

test("someone locked out gets back in by the code alone, after a wrong one", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  const before = site.mailbox.to(email).length;
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  const field = page.getByLabel("Code from the email");
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await expect(field).toHaveAttribute("inputmode", "numeric");
  const code = codeIn(await site.mailbox.mailTo(email, /reset-password#/, before));

  await field.fill("1234");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Enter the eight digits of the code").first()).toBeVisible();

  await field.fill(code === "0000 0000" ? "1111 1111" : "0000 0000");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("4 attempts left").first()).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");

  // Pasted without the space, shown in two groups.
  await field.fill(code.replace(" ", ""));
  await expect(field).toHaveValue(code);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${site.url}/reset-password`);
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
});
