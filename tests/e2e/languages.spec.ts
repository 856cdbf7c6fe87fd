import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { LOCALE_COOKIE, locales } from "@rekey/contract/locales";
import { linkIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { freshPage, signedOutAccount, signUp } from "./steps.ts";

test.describe("on an Arabic browser", () => {
  test.use({ locale: "ar" });

  test("someone locked out gets back in, from right to left all the way", async ({
    page,
    site,
    browser,
  }) => {
    const english = await browser.newContext({ baseURL: site.url, locale: "en-US" });
    const email = await signedOutAccount(await english.newPage(), site);
    const before = site.mailbox.to(email).length;

    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await page.getByLabel("عنوان البريد الإلكتروني").fill(email);
    await page.getByRole("link", { name: "هل نسيت كلمة المرور؟" }).click();
    await page.getByRole("button", { name: "إرسال الرابط" }).click();
    await expect(page.getByRole("heading", { name: "تحقق من بريدك" })).toBeVisible();
    await expect(page.getByText(email)).toHaveAttribute("dir", "ltr");

    const mail = await site.mailbox.mailTo(email, /reset-password#/, before);
    await page.goto(linkIn(mail.text, "reset-password"));
    await page.getByLabel("كلمة المرور الجديدة", { exact: true }).fill("قصيرة");
    await page.getByLabel("تأكيد كلمة المرور الجديدة").fill("قصيرة");
    await page.getByRole("button", { name: "تعيين كلمة المرور الجديدة" }).click();
    await expect(page.getByRole("alert")).toContainText("استخدم 8 أحرف على الأقل");
    await page.getByLabel("كلمة المرور الجديدة", { exact: true }).fill(NEW_PASSWORD);
    await page.getByLabel("تأكيد كلمة المرور الجديدة").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "تعيين كلمة المرور الجديدة" }).click();
    await expect(page.getByText("تمت إعادة تعيين كلمة مرورك")).toBeVisible();

    await page.getByLabel("عنوان البريد الإلكتروني").fill(email);
    await page.getByLabel("كلمة المرور", { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "تسجيل الدخول" }).click();
    // The account was made in English, and nobody chose another language on this device.
    await expect(page.getByRole("heading", { name: "Hello, Ada Example" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
    await english.close();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, locale: "de" });

  test("a German reader is told in German what is missing", async ({ page }) => {
    await page.goto("/reset-password");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    // Playwright finds no text within <noscript>.
    const told = page.locator("noscript p");
    await expect(told).toBeVisible();
    await expect(told).toContainText("Diese Seite braucht JavaScript.");
  });
});

test.describe("in India", () => {
  test.use({ timezoneId: "Asia/Kolkata" });

  test("a mail gives its times by the clock of the browser that asked", async ({ page, site }) => {
    const email = freshEmail();
    await signUp(page, site, email);
    const [mail] = site.mailbox.to(email);
    expect(mail?.text).toMatch(/\d\d:\d\d GMT\+5:30/);
    expect(mail?.text).not.toContain("UTC");
  });
});

test("a language that is chosen holds for the page, the next visit and the mails", async ({
  page,
  site,
}) => {
  const email = freshEmail();
  await signUp(page, site, email);
  await page.getByLabel("Language").focus();
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("heading", { name: "Guten Tag, Ada Example" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByLabel("Sprache")).toBeFocused();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Guten Tag, Ada Example" })).toBeVisible();

  // The account has it too: on another device, in English, its mails are German.
  const before = site.mailbox.to(email).length;
  const elsewhere = await freshPage(page);
  await elsewhere.goto("/forgot-password");
  await elsewhere.getByLabel("Email address").fill(email);
  await elsewhere.getByRole("button", { name: "Send the link" }).click();
  const mail = await site.mailbox.mailTo(email, /reset-password#/, before);
  expect(mail.subject).toBe("Ihr Passwort für Rekey zurücksetzen");
});

test("what is wrong with a form is said in the language that the page changes to", async ({
  page,
}) => {
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill("ada@example");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page).toHaveTitle("Error: Reset your password – Rekey");
  await page.getByLabel("Language").selectOption("Français");
  await expect(page.getByRole("alert")).toContainText("Saisissez une seule adresse e-mail");
  await expect(page.getByLabel("Adresse e-mail")).toHaveValue("ada@example");
  await expect(page).toHaveTitle("Erreur : Réinitialiser votre mot de passe – Rekey");
});

test("without a place to store it, a choice lasts as long as the page", async ({ page }) => {
  await page.addInitScript(() => {
    // As a browser that takes no cookies.
    Object.defineProperty(document, "cookie", { get: () => "", set: () => {} });
  });
  await page.goto("/sign-in");
  await page.getByLabel("Language").selectOption("日本語");
  await expect(page.getByRole("heading", { name: "サインイン" })).toBeVisible();
  await page.getByRole("link", { name: "アカウントを作成" }).click();
  await expect(page.getByRole("heading", { name: "アカウントを作成" })).toBeVisible();
});

test("every language fits on a narrow phone, and Arabic is as accessible as the others", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/");
  for (const locale of locales) {
    await page.context().addCookies([{ name: LOCALE_COOKIE, value: locale, url: site.url }]);
    for (const path of ["/", "/sign-in", "/sign-up", "/reset-password"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([locale, path, overflow]).toEqual([locale, path, 0]);
      if (locale !== "ar") continue;
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
    }
  }
});
