import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "@rekey/contract/locales";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../../messages/plugin.ts";
import { type Catalog, createTranslate } from "./translate.ts";

function speak(locale: Locale) {
  const file = join(import.meta.dirname, `../../locales/${locale}.json`);
  return createTranslate(locale, compileCatalog(JSON.parse(readFileSync(file, "utf8"))) as Catalog);
}

describe("a message", () => {
  it("counts as its language does", () => {
    expect(speak("en")("wrong.passwordTooShort", { min: 1, max: 256 })).toBe(
      "Use at least 1 character",
    );
    expect(speak("en")("wrong.passwordTooShort", { min: 8, max: 256 })).toBe(
      "Use at least 8 characters",
    );
    const arabic = speak("ar");
    expect(arabic("wrong.passwordTooShort", { min: 8, max: 256 })).toBe("استخدم 8 أحرف على الأقل");
    expect(arabic("wrong.passwordTooShort", { min: 12, max: 256 })).toBe(
      "استخدم 12 حرفًا على الأقل",
    );
  });

  it("says a span of time in the words of its language", () => {
    const wait = { seconds: 754, round: "up" } as const;
    expect(speak("en")("refused.tooMany", { wait })).toBe(
      "Too many attempts. Try again in 13 minutes.",
    );
    expect(speak("ja")("refused.tooMany", { wait })).toContain("13 分後");
  });

  it("gives what stands between tags to the page, and nothing that a value holds", () => {
    const tags = { address: (text: ReactNode) => createElement("b", null, text) };
    const said = speak("en").rich("common.forAccount", tags, { email: "<i>@x.y" });
    expect(renderToStaticMarkup(said)).toBe(
      "<span>For the account </span><b>&lt;i&gt;@x.y</b><span>.</span>",
    );
  });
});
