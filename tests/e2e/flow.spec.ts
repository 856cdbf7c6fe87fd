import { expect } from "@playwright/test";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import {
  changePassword,
  choosePassword,
  freshPage,
  openPasswordForm,
  requestReset,
  signedOutAccount,
  signUp,
} from "./steps.ts";

test("someone locked out gets back in: forget, open the mail, reset, sign in", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);

  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The address came along; nobody types it twice.
  await expect(page.getByLabel("Email address")).toHaveValue(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page).toHaveURL(`${site.url}/check-mail`);
  await expect(page.getByText(`If there is an account for ${email}`)).toBeVisible();

  const mail = await site.mailbox.mailTo(email, /reset-password#/);
  await page.goto(linkIn(mail.text, "reset-password"));
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  // For the password manager; the page itself shows the address masked.
  await expect(page.locator("input[autocomplete=username]")).toHaveValue(email);
  await choosePassword(page, NEW_PASSWORD);

  await expect(page).toHaveURL(`${site.url}/sign-in`);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
  await expect(page.getByLabel("Email address")).toHaveValue(email);
  await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();
  await site.mailbox.mailTo(email, /was changed/);
});

test("the link in the mail's HTML part, clicked as people do, opens the same page", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await signUp(page, site, email);
  await requestReset(await freshPage(page), site, email);
  const mail = await site.mailbox.mailTo(email, /reset-password#/);
  await page.goto("about:blank");
  await page.setContent(mail.html);
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Choose a new password" }).click();
  const tab = await opened;
  await expect(tab.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  expect(tab.url()).toBe(`${site.url}/reset-password`);
});

test("the token leaves the address bar at once, and opening the link uses nothing up", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  const link = await requestReset(page, site, email);
  for (let visit = 0; visit < 3; visit++) {
    await page.goto("/");
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
    expect(page.url()).toBe(`${site.url}/reset-password`);
  }
  // The tab keeps the link until it is used.
  await page.reload();
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
  await page.goto("/reset-password");
  await expect(page.getByRole("heading", { name: "Open the link in your email" })).toBeVisible();
});

test("a link that lost its token on the way can be pasted", async ({ page, site }) => {
  const email = await signedOutAccount(page, site);
  const link = await requestReset(page, site, email);
  await page.goto("/reset-password");
  await page.getByLabel("Link from the email").fill(`<${link.slice(0, 60)}\n${link.slice(60)}>`);
  await page.getByRole("button", { name: "Continue" }).click();
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
});

test("a link whose # a gateway encoded opens the same page", async ({ page, site }) => {
  const email = await signedOutAccount(page, site);
  const link = await requestReset(page, site, email);
  await page.goto(link.replace("#", "%23"));
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  expect(page.url()).toBe(`${site.url}/reset-password`);
});

test("the new password is checked as one types, and on the server, without losing the link", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  await page.goto(await requestReset(page, site, email));

  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByLabel("Confirm new password").focus();
  await expect(page.getByText("Use at least 8 characters")).toBeVisible();
  await page.getByLabel("New password", { exact: true }).fill("long enough now");
  await expect(page.getByText("Use at least 8 characters")).toBeHidden();

  await choosePassword(page, "long enough now", "something else");
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("The passwords do not match");
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "The passwords do not match" }).click();
  await expect(page.getByLabel("Confirm new password")).toBeFocused();

  await choosePassword(page, "password1234");
  await expect(page.getByRole("alert")).toContainText("too easy to guess");
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
});

test("used, replaced, cancelled and broken links each have an honest page and a way on", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);

  const first = await requestReset(page, site, email);
  const second = await requestReset(page, site, email);
  await page.goto(first);
  await expect(page.getByRole("heading", { name: "There is a newer link" })).toBeVisible();

  const mail = site.mailbox.to(email).at(-1);
  await page.goto(linkIn(mail?.text ?? "", "not-me"));
  await expect(page.getByText("For the account a•••@example.test.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel this request" }).click();
  await expect(page.getByRole("heading", { name: "The request is cancelled" })).toBeVisible();
  await page.goto(second);
  await expect(page.getByRole("heading", { name: "This link has been used" })).toBeVisible();

  await page.goto("/");
  await page.goto(`${second.slice(0, -6)}abcdef`);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await page.getByRole("link", { name: "Get a new link" }).click();
  await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
});

test("whoever did not change the password locks out who did, by the mail about it", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  await page.goto(await requestReset(page, site, email));
  await choosePassword(page, NEW_PASSWORD);
  const notice = await site.mailbox.mailTo(email, /secure-account#/);
  await page.goto(linkIn(notice.text, "secure-account"));
  await expect(page.getByText("For the account a•••@example.test.")).toBeVisible();
  await page.getByRole("button", { name: "Secure my account" }).click();
  await expect(page.getByRole("heading", { name: "Your account is secured" })).toBeVisible();
  await page.goto("/");
  await page.goto(linkIn(notice.text, "secure-account"));
  await expect(page.getByRole("heading", { name: "This link has been used" })).toBeVisible();
});

test("who is signed in is sent home from the request page, and may go on from a reset link", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await signUp(page, site, email);
  await page.goto("/forgot-password");
  await expect(page).toHaveURL(`${site.url}/`);

  const link = await requestReset(await freshPage(page), site, email);
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${email}`)).toBeVisible();
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
});

test("the password can be changed while signed in, and a wrong current one is said at its field", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await page.goto("/settings");
  await expect(page).toHaveURL(`${site.url}/sign-in`);
  await signUp(page, site, email);
  await page.getByRole("link", { name: "Your settings" }).click();
  await openPasswordForm(page);
  await changePassword(page, "not this one", NEW_PASSWORD);
  await expect(page.getByLabel("Current password", { exact: true })).toHaveAccessibleDescription(
    /current password is incorrect/,
  );
  await changePassword(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByText("Your password has been changed")).toBeVisible();
  await expect(page.getByLabel("Current password", { exact: true })).toBeHidden();
});

test("sign-in says the same for a wrong password and for nobody", async ({ page, site }) => {
  const email = await signedOutAccount(page, site);
  const tryAs = async (address: string) => {
    await page.goto("/sign-in");
    await page.getByLabel("Email address").fill(address);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    return page.getByRole("alert").textContent();
  };
  expect(await tryAs(email)).toBe(await tryAs(freshEmail("nobody")));
});

test("who waits for the mail can reload, open the mailbox, or change the address", async ({
  page,
}) => {
  const email = `ada.${Date.now()}@gmail.com`;
  // The server of these tests has no cooldown; its pages are told of one.
  await page.route(/(forgot-password|check-mail)$/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('"resendCooldown":0', '"resendCooldown":3600');
    await route.fulfill({ response, body });
  });
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Check your email")).toBeVisible();
  const again = page.getByRole("button", { name: "Send again" });
  await expect(again).toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await expect(page.getByText(`If there is an account for ${email}`)).toBeVisible();
  await expect(again).toHaveAttribute("aria-disabled", "true");
  const mailbox = page.getByRole("link", { name: "Open Gmail" });
  await expect(mailbox).toHaveAttribute("href", "https://mail.google.com/");
  await page.getByRole("link", { name: "Change the address" }).click();
  await expect(page.getByLabel("Email address")).toHaveValue(email);
  await page.goBack();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByLabel("Email address")).toHaveValue(email);
});

test("a mistyped address is explained before anything is sent", async ({ page }) => {
  await page.goto("/forgot-password");
  const sent: string[] = [];
  page.on("request", (request) => void sent.push(request.url()));
  await page.getByLabel("Email address").fill("ada@example");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("alert")).toContainText("like name@example.com");
  await expect(page).toHaveTitle(/Reset your password/);
  expect(sent.filter((url) => url.includes("requestReset"))).toEqual([]);
});

test("without a connection the form waits, and sends what stands in it once there is one", async ({
  page,
  context,
}) => {
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill("ada@example.com");
  await context.setOffline(true);
  await expect(page.getByText("You are offline. What you typed stays here")).toBeVisible();
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Waiting for a connection")).toBeVisible();
  await page.getByLabel("Email address").fill("ada.lovelace@example.com");
  await context.setOffline(false);
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await expect(page.getByText("If there is an account for ada.lovelace@example.com")).toBeVisible();
});
