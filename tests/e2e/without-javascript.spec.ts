import { expect } from "@playwright/test";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { signedOutAccount } from "./steps.ts";

test("asking for a reset works without JavaScript, and puts the address into no address bar", async ({
  browser,
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto("/forgot-password");
  await bare.getByLabel("Email address").fill(email);
  await bare.getByRole("button", { name: "Send the link" }).click();
  await expect(bare.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await expect(bare.getByText(email)).toBeVisible();
  expect(bare.url()).toBe(`${site.url}/check-mail`);
  await site.mailbox.mailTo(email, /reset-password#/);
  await context.close();
});

test("what is typed before the JavaScript is there is kept, and so is the focus", async ({
  page,
}) => {
  const scripts = Promise.withResolvers<void>();
  await page.route("**/assets/*.js", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("Email address").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  scripts.resolve();
  await expect(page.locator("[data-drawn]")).toHaveCount(0);
  await expect(page.getByLabel("Email address")).toHaveValue("ada@example.com");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(PASSWORD);
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
});

test("a form sent before the JavaScript is there puts no password into an address", async ({
  page,
  site,
}) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${site.url}/sign-in`);
  expect(page.url()).toBe(`${site.url}/sign-in`);
});

test("a reset asked for before the JavaScript is there goes on with it where people wait", async ({
  page,
  site,
}) => {
  const email = freshEmail("early");
  let late = true;
  await page.route("**/assets/*.js", (route) => (late ? route.abort() : route.continue()));
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  late = false;
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.waitForURL(`${site.url}/check-mail`);
  await expect(page.locator("[data-drawn]")).toHaveCount(0);
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again" })).toBeVisible();
  expect(await page.context().cookies()).not.toContainEqual(
    expect.objectContaining({ name: "rekey_sent" }),
  );
});
