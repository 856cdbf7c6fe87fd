import { expect, test } from "vitest";
import { requesterSchema } from "./requester.ts";

const recorded = {
  requestId: "1",
  network: "192.0.2.1",
  browser: null,
  system: null,
  locale: "de",
};

test("a request that a version without time zones queued is still read", () => {
  expect(requesterSchema.parse(recorded)).toEqual({ ...recorded, timeZone: null });
});

test("what a newer version adds does not keep this one from reading it", () => {
  const timeZone = "Europe/Berlin";
  expect(requesterSchema.parse({ ...recorded, timeZone, more: 1 })).toEqual({
    ...recorded,
    timeZone,
  });
});
