import { builtInBrand, readBrand } from "@rekey/contract/brand";
import { contrast } from "@rekey/contract/contrast";
import { locales } from "@rekey/contract/locales";
import { schemes } from "@rekey/contract/palette";
import { describe, expect, test } from "vitest";
import { fixtures, samples } from "../samples.ts";
import { markupProblems } from "./markup.ts";
import { toMessage } from "./message.ts";
import { spamScores, whyNoSpamAssassin } from "./spam.ts";
import { supportOf } from "./support.ts";

const brand = { ...builtInBrand, supportAddress: "help@rekey.example" };
const all = Object.entries(samples).flatMap(([name, render]) =>
  locales.map((locale) => ({
    name: `${name} in ${locale}`,
    locale,
    mail: render(brand, { locale, timeZone: "UTC" }, fixtures.everyday),
  })),
);

test.each(all)("$name is valid HTML", async ({ mail }) => {
  expect(await markupProblems(mail.html)).toEqual([]);
});

test("mail programs know what the mails use, but for what is accepted in support.txt", async () => {
  // The pages differ by template and direction, not by what is said.
  const pages = all.filter(({ locale }) => locale === "en" || locale === "ar");
  const support = supportOf(pages.map(({ mail }) => mail.html).join("\n"));
  const lines = Object.entries(support).flatMap(([degree, features]) =>
    Object.entries(features).map(
      ([feature, names]) => `${degree}: ${feature}: ${names.join(" ")}\n`,
    ),
  );
  await expect(lines.join("")).toMatchFileSnapshot("support.txt");
});

test("SpamAssassin gives every mail less than one point", async (context) => {
  if (whyNoSpamAssassin !== null) return context.skip(whyNoSpamAssassin);
  const messages = await Promise.all(all.map(({ mail }) => toMessage(mail)));
  const scores = spamScores(messages);
  expect(scores).toHaveLength(all.length);
  const suspicious = scores.flatMap(({ score, rules }, at) =>
    score < 1 ? [] : [{ mail: all[at]?.name, score, rules }],
  );
  expect(suspicious).toEqual([]);
}, 60_000);

describe("text can be read on what it stands on", () => {
  const acme = readBrand({ name: "Acme", accent: "#b3261e" });
  const brands = {
    built: builtInBrand,
    acme: acme.status === "malformed" ? builtInBrand : acme.brand,
  };
  /** What stands on what in a mail, and the contrast WCAG 2.2 asks for: 1.4.3, 1.4.11 for the button. */
  const pairs = [
    ["ink", "card", 4.5],
    ["ink", "page", 4.5],
    ["quiet", "page", 4.5],
    ["quiet", "card", 4.5],
    ["link", "card", 4.5],
    ["link", "page", 4.5],
    ["onAccent", "accent", 4.5],
    ["accent", "card", 3],
  ] as const;

  test.each(Object.entries(brands))("in the colours of %s", (_, { colours }) => {
    for (const scheme of schemes) {
      for (const [foreground, background, atLeast] of pairs) {
        const ratio = contrast(colours[scheme][foreground], colours[scheme][background]);
        expect([scheme, foreground, background, ratio >= atLeast]).toEqual([
          scheme,
          foreground,
          background,
          true,
        ]);
      }
    }
  });
});
