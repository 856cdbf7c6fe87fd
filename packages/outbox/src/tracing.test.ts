import { expect, test } from "vitest";
import { withoutQuotes } from "./tracing.ts";

test.each([
  [
    "550 5.1.1 <ada@example.com>: Recipient address rejected",
    "550 5.1.1 [removed] Recipient address rejected",
  ],
  ["550 ada@example.com... User unknown", "550 [removed] User unknown"],
  [
    "554 5.7.1 blocked: https://app.example.com/reset-password#token=eyJh.x.y",
    "554 5.7.1 blocked: [removed]",
  ],
  ["554 saw token=eyJhbGciOiJIUzI1NiJ9.e30.abc", "554 saw [removed]"],
  ["250 2.0.0 Ok: queued as 4XyZ", "250 2.0.0 Ok: queued as 4XyZ"],
])("%s is told as %s", (reply, told) => {
  expect(withoutQuotes(reply)).toBe(told);
});
