import { expect, expectTypeOf, test } from "vitest";
import { type RefusalOf, refusalOf } from "./refusal-of.ts";

const thrown = (data: unknown) => Object.assign(new Error("refused"), { data });

test("a refusal of the procedure is read, with what belongs to its reason", () => {
  const data = {
    code: "TOO_MANY_REQUESTS",
    httpStatus: 429,
    reason: "RATE_LIMITED",
    retryAfter: 60,
  };
  expect(refusalOf(thrown(data), "requestReset")).toBe(data);
});

test.each([
  ["no answer at all", new TypeError("fetch failed")],
  ["a proxy's own words", thrown("<html>502</html>")],
  ["a reason of another procedure", thrown({ reason: "TOKEN_USED" })],
  ["a reason of a later version", thrown({ reason: "PHASE_OF_THE_MOON" })],
  ["nothing", undefined],
])("%s is no refusal of requestReset", (_what, error) => {
  expect(refusalOf(error, "requestReset")).toBeNull();
});

test("a client of requestReset handles its four reasons and no more", () => {
  expectTypeOf<RefusalOf<"requestReset">["reason"]>().toEqualTypeOf<
    "RATE_LIMITED" | "INVALID_INPUT" | "FORBIDDEN_ORIGIN" | "INTERNAL"
  >();
  expectTypeOf<
    Extract<RefusalOf<"requestReset">, { reason: "RATE_LIMITED" }>["retryAfter"]
  >().toEqualTypeOf<number>();
});
