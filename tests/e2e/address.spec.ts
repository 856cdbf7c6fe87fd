import { expect, type Page, type Route } from "@playwright/test";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { signedOutAccount } from "./steps.ts";

/** Answers a request with what the server at `url` says to it, after `change`. */
async function answerFrom(
  route: Route,
  url: string,
  change: (answer: { headers: Record<string, string>; body: string }) => void = () => {},
) {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  const said = await fetch(url + pathname + search, {
    method: request.method(),
    headers: request.headers(),
    ...(request.method() === "POST" && { body: request.postData() }),
  });
  const { "content-encoding": _decoded, ...headers } = Object.fromEntries(said.headers);
  const answer = { headers, body: await said.text() };
  change(answer);
  await route.fulfill({ status: said.status, ...answer });
}

async function signIn(page: Page, email: string) {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a browser that blocks cookies is told so, and nobody that they are signed in", async ({
  page,
  site,
}) => {
  const email = await signedOutAccount(page, site);
  await page.route("**/trpc/signIn", (route) =>
    answerFrom(route, site.url, (answer) => {
      delete answer.headers["set-cookie"];
    }),
  );
  await page.goto("/sign-in");
  await signIn(page, email);
  await expect(page.getByText("Your browser blocks cookies for this site")).toBeVisible();
  await expect(page.getByText("You are signed in")).toBeHidden();
});

test("a page under another name says where it works", async ({ page, site }) => {
  await page.route("http://other.example/**", (route) => answerFrom(route, site.url));
  await page.goto("http://other.example/sign-in");
  await signIn(page, freshEmail());
  await expect(page.getByText(`This page only works at ${site.url}`)).toBeVisible();
});

test("a page under another name goes to APP_URL with its token, and never in circles", async ({
  page,
  site,
}) => {
  const home = "http://home.example";
  const visits: string[] = [];
  for (const origin of ["http://other.example", home]) {
    await page.route(`${origin}/**`, (route) => {
      if (route.request().isNavigationRequest()) visits.push(origin);
      return answerFrom(route, site.url, (answer) => {
        answer.body = answer.body.replace(`"appUrl":"${site.url}"`, `"appUrl":"${home}"`);
      });
    });
  }
  await page.goto("http://other.example/reset-password#token=x.y.z");
  await page.waitForURL(`${home}/**`);
  // The token got there: without one the page says that the link is not complete.
  await expect(page.getByRole("heading")).toHaveText("That did not work");
  await page.goto("http://other.example/sign-in");
  await expect(page.getByLabel("Email address")).toBeVisible();
  expect(visits).toEqual(["http://other.example", home, "http://other.example"]);
});
