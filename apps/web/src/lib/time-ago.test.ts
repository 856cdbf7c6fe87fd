import { expect, test } from "vitest";
import { timeAgo } from "./time-ago.ts";

const now = new Date("2026-11-25T12:00:00Z");

test.each([
  ["2026-11-25T11:59:40Z", "now"],
  ["2026-11-25T12:00:30Z", "now"],
  ["2026-11-25T11:55:00Z", "5 minutes ago"],
  ["2026-11-25T09:30:00Z", "2 hours ago"],
  ["2026-11-24T11:00:00Z", "yesterday"],
  ["2026-11-20T11:00:00Z", "5 days ago"],
  ["2026-10-02T11:00:00Z", "Oct 2, 2026"],
])("%s was %s", (instant, words) => {
  expect(timeAgo(instant, now, "en")).toBe(words);
});
