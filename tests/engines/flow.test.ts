import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { type RunningSite, startSite } from "../support/running-site.ts";
import { skipAs } from "../support/skip.ts";
import { type Browser, fill, shows } from "./browser.ts";
import { startFirefox, whyNoFirefox } from "./firefox.ts";
import { startWebKit, whyNoWebKit } from "./webkit.ts";

/** Where to write a picture of each page, for somebody who wants to look. */
const { PICTURES } = process.env;

let site: RunningSite;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site?.stop());

test.for([
  ["Firefox", startFirefox, whyNoFirefox],
  ["WebKit", startWebKit, whyNoWebKit],
] as const)("someone locked out gets back in with %s", async ([name, start, whyNot], context) => {
  if (whyNot !== null) skipAs(context, whyNot);
  const browser = await start();
  try {
    await flow(name, browser);
  } finally {
    await browser.close();
  }
});

async function flow(name: string, browser: Browser): Promise<void> {
  const email = freshEmail(name.toLowerCase());
  const { url, mailbox } = site;
  let pictures = 0;
  const picture = async () => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    pictures += 1;
    await browser.picture(join(PICTURES, `${name}-${pictures}.png`));
  };

  await browser.open(`${url}/sign-up`);
  await fill(browser, "name", "Ada Example");
  await fill(browser, "email", email);
  await fill(browser, "password", PASSWORD);
  await picture();
  await browser.press("Create account");
  await shows(browser, "Check your email");
  await picture();

  const confirmation = await mailbox.mailTo(email, /verify-email#/);
  await browser.open(linkIn(confirmation.text, "verify-email"));
  await browser.press("Confirm my email address");
  await shows(browser, "Hello, Ada Example");
  await browser.press("Sign out");
  await shows(browser, "You are signed out");

  await browser.open(`${url}/forgot-password`);
  await fill(browser, "email", email);
  await picture();
  await browser.press("Send the link");
  await shows(browser, "Check your email");
  await picture();

  const reset = await mailbox.mailTo(email, /reset-password#/);
  await browser.open(linkIn(reset.text, "reset-password"));
  await shows(browser, "Choose a new password");
  expect(await browser.evaluate("location.hash")).toBe("");
  await fill(browser, "password", NEW_PASSWORD);
  await fill(browser, "confirmation", NEW_PASSWORD);
  await picture();
  await browser.press("Set the new password");
  await shows(browser, "Your password has been reset");
  await fill(browser, "password", NEW_PASSWORD);
  await picture();
  await browser.press("Sign in");
  await shows(browser, "Hello, Ada Example");
  await picture();
}
