import { describe, expect, test } from "vitest";
import { readerOfAnswer, readerOfNotice } from "./reader.ts";
import { clock, moment } from "./values.ts";

const owner = { locale: "de", timeZone: "Europe/Berlin" };
const requester = { locale: "ja", timeZone: "Asia/Tokyo" } as const;
const unknown = { locale: null, timeZone: null };

describe.each([
  ["an answer", readerOfAnswer, "Asia/Tokyo"],
  ["a notice", readerOfNotice, "Europe/Berlin"],
])("the reader of %s", (_mail, readerOf, timeZone) => {
  test(`reads the owner's language, and the clock of ${timeZone}`, () => {
    expect(readerOf(owner, requester)).toEqual({ locale: "de", timeZone });
  });

  test("is known by whichever of the two is known", () => {
    expect(readerOf(unknown, requester)).toEqual(requester);
    expect(readerOf(owner, unknown)).toEqual(owner);
    expect(readerOf(owner, null)).toEqual(owner);
  });

  test("reads Brazilian Portuguese if an earlier version stored the tag pt", () => {
    expect(readerOf({ locale: "pt", timeZone: null }, null).locale).toBe("pt-BR");
  });

  test("reads English and UTC when neither is", () => {
    expect(readerOf(unknown, null)).toEqual({ locale: "en", timeZone: "UTC" });
    expect(readerOf(unknown, unknown)).toEqual({ locale: "en", timeZone: "UTC" });
  });

  test("has no language and no zone that this version does not have", () => {
    const kept = { locale: "xx", timeZone: "Europe/Atlantis" };
    expect(readerOf(kept, requester)).toEqual(requester);
    expect(readerOf(kept, { locale: null, timeZone: "Mars/Olympus" })).toEqual({
      locale: "en",
      timeZone: "UTC",
    });
  });
});

test.each([
  ["de", "Europe/Berlin", "25. November 2026 um 14:05 MEZ", "15:05 MESZ"],
  ["es", "Europe/Berlin", "25 de noviembre de 2026 a las 14:05 CET", "15:05 CEST"],
  ["en", "America/New_York", "November 25, 2026 at 08:05 EST", "09:05 EDT"],
  ["ar", "Asia/Kolkata", "25 نوفمبر 2026 في 18:35 غرينتش+5:30", "18:35 غرينتش+5:30"],
])("%s in %s names the zone as it is on that day", (locale, timeZone, winter, summer) => {
  const reader = readerOfNotice({ locale, timeZone }, null);
  expect(moment(new Date("2026-11-25T13:05:00Z"), reader)).toBe(winter);
  expect(clock(new Date("2026-07-25T13:05:00Z"), reader)).toBe(summer);
});
