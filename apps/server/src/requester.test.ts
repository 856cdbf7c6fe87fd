import { expect, test } from "vitest";
import { describeUserAgent, wantedLocale } from "./requester.ts";

test.each([
  [
    "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
    { browser: "Firefox", system: "Android" },
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    { browser: "Safari", system: "iOS" },
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    { browser: "Microsoft Edge", system: "Windows" },
  ],
])("%s is recognised", (userAgent, described) => {
  expect(describeUserAgent(userAgent)).toEqual(described);
});

test.each([
  undefined,
  "",
  "curl/8.5.0",
  "Win money at evil.example/1.0",
  `Firefox/${"1".repeat(600)}`,
])("%j names neither browser nor system", (userAgent) => {
  expect(describeUserAgent(userAgent)).toEqual({ browser: null, system: null });
});

test.each([
  ["de-AT,de;q=0.9,en;q=0.5", "de"],
  ["en;q=0.2, fr;q=0.8", "fr"],
  ["nl, sv", null],
  ["*", null],
  ["", null],
  [undefined, null],
  [`de${",x".repeat(400)}`, null],
])("%j asks for %j", (acceptLanguage, locale) => {
  expect(wantedLocale(acceptLanguage)).toBe(locale);
});
