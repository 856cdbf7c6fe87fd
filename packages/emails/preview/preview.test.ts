import { builtInBrand } from "@rekey/contract/brand";
import { expect, test } from "vitest";
import * as sampled from "../samples.ts";
import { choices, describe } from "./describe.ts";
import { inTheme } from "./themes.ts";

const choice = {
  mail: "reset-password",
  locale: "ar",
  fixture: "no device",
  theme: "light",
} as const;

test("the preview offers every mail in every language", () => {
  const { mails, locales, fixtures } = choices(sampled);
  expect(mails).toEqual(Object.keys(sampled.samples));
  expect(locales).toContainEqual({ locale: "ar", name: "العربية" });
  expect(fixtures).toContain("long name");
});

test("it shows both parts, the headers and the checks of one", async () => {
  const mail = await describe(sampled, builtInBrand, choice);
  expect(mail).toMatchObject({ dir: "rtl", subject: expect.stringContaining("إعادة تعيين") });
  expect(mail?.html).toContain('dir="rtl"');
  expect(mail?.text).toContain("غير معروف");
  expect(mail?.headers).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(mail?.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(await describe(sampled, builtInBrand, { ...choice, mail: "none" })).toBeNull();
});

test("a theme switches the dark style on or off, or turns every colour round", async () => {
  const page = "<head></head>@media (prefers-color-scheme: dark) {}";
  expect(inTheme(page, "light")).toBe("<head></head>@media not all {}");
  expect(inTheme(page, "dark")).toBe("<head></head>@media all {}");
  expect(inTheme(page, "inverted")).toMatch(
    /<style>.*invert\(1\).*<\/style><\/head>@media not all/,
  );
});
