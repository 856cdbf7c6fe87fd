import { expect, type Page } from "@playwright/test";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import {
  changePassword,
  choosePassword,
  freshPage,
  openPasswordForm,
  requestReset,
  signedOutAccount,
  signOut,
  signUp,
} from "./steps.ts";

/** The address of whoever the server says is signed in, or null. */
async function signedInAs(page: Page): Promise<string | null> {
  const answer = await page.request.get("/trpc/me");
  return (await answer.json()).result.data.account?.email ?? null;
}

test("resetting another account leaves whoever is signed in signed in, and says so", async ({
  page,
  site,
}) => {
  const [here, other] = [freshEmail("here"), freshEmail("other")];
  await signUp(page, site, other);
  await signOut(page);
  await signUp(page, site, here);
  await page.goto(await requestReset(await freshPage(page), site, other));
  await expect(page.getByText(`You are signed in as ${here}`)).toBeVisible();
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("The password has been reset")).toBeVisible();
  expect(await signedInAs(page)).toBe(here);
});

test("a session that ended elsewhere leads to sign-in and back", async ({ page, site }) => {
  const email = freshEmail();
  await signUp(page, site, email);
  await page.getByRole("link", { name: "Your settings" }).click();
  await openPasswordForm(page);
  await page.context().clearCookies();
  await changePassword(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByText("Sign in to continue")).toBeVisible();
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${site.url}/settings`);
});

test("when an answer is lost, nobody claims to know what happened", async ({ page, site }) => {
  await signUp(page, site, freshEmail());
  await page.getByRole("link", { name: "Your settings" }).click();
  await openPasswordForm(page);
  await page.route("**/trpc/changePassword*", (route) => route.abort());
  await changePassword(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByRole("alert")).toContainText("may have changed already");
});

test("a double click sends once, and a shown password is hidden when sent", async ({ page }) => {
  const answer = Promise.withResolvers<void>();
  let sent = 0;
  await page.route("**/trpc/signIn*", async (route) => {
    sent += 1;
    await answer.promise;
    await route.continue();
  });
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("nobody@example.com");
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("whatever it is");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Sign in" }).dblclick();
  await expect(password).toHaveAttribute("type", "password");
  await password.press("Enter");
  answer.resolve();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(sent).toBe(1);
  await expect(page.getByLabel("Email address")).toHaveValue("nobody@example.com");
});

test("the pages keep to their policy: nothing from elsewhere, a token only in its tab and until it is used", async ({
  page,
  site,
}) => {
  const addresses: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => void addresses.push(request.url()));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const email = await signedOutAccount(page, site);
  const link = await requestReset(page, site, email);
  const [, token = ""] = link.split("token=");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  const kept = () =>
    page.evaluate(() => ({
      elsewhere: JSON.stringify([location.href, history.state, { ...localStorage }]),
      tab: JSON.stringify({ ...sessionStorage }),
    }));
  expect(token.length).toBeGreaterThan(100);
  expect((await kept()).elsewhere).not.toContain(token);
  expect((await kept()).tab).toContain(token);
  await choosePassword(page, NEW_PASSWORD);
  await expect(page.getByText("Your password has been reset")).toBeVisible();
  expect((await kept()).tab).not.toContain(token);
  expect(addresses.filter((address) => !address.startsWith(site.url))).toEqual([]);
  expect(addresses.filter((address) => address.split("#")[0]?.includes(token))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("whoever is signed in reads that email to them came back, and has it sent again", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await signUp(page, site, email);
  site.mailbox.answerWith((to) =>
    to === email ? { code: 550, text: "5.1.1 No such user here" } : null,
  );
  await page.getByRole("link", { name: "Your settings" }).click();
  await openPasswordForm(page);
  await changePassword(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByText("Your password has been changed")).toBeVisible();
  const told = page.getByText("this mailbox does not exist");
  await expect(async () => {
    await page.goto("/settings");
    await expect(page.getByText("Where you are signed in")).toBeVisible();
    await expect(told).toBeVisible({ timeout: 1000 });
  }).toPass();

  site.mailbox.answerWith(() => null);
  await page.getByRole("button", { name: "Send me email again" }).click();
  await expect(page.getByText("We send email to you again.")).toBeVisible();
  await expect(told).toBeHidden();
  await requestReset(await freshPage(page), site, email);
});
