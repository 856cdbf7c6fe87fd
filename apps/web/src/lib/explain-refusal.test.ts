import { defaultPasswordPolicy } from "@rekey/contract/password";
import { expect, it } from "vitest";
import { explainRefusal } from "./explain-refusal.ts";

const policy = { passwordPolicy: defaultPasswordPolicy, appUrl: "https://app.example.com" };

it("puts a refused password at its field, in the words the form itself uses", () => {
  expect(
    explainRefusal(
      { reason: "PASSWORD_TOO_SHORT" },
      { passwordPolicy: { minLength: 12 }, appUrl: "https://app.example.com" },
    ),
  ).toEqual([
    {
      field: "password",
      message: { key: "wrong.passwordTooShort", values: { min: 12, max: 256 } },
    },
  ]);
});

it("says the same of an unknown address and a wrong password", () => {
  expect(explainRefusal({ reason: "INVALID_CREDENTIALS" }, policy)).toEqual([
    { message: { key: "refused.credentials" } },
  ]);
});

it("says when to try again, never too early", () => {
  expect(explainRefusal({ reason: "RATE_LIMITED", retryAfter: 754 }, policy)).toEqual([
    { message: { key: "refused.tooMany", values: { wait: { seconds: 754, round: "up" } } } },
  ]);
});

it("sends each invalid input to its field, and the rest to the top, in the page's own words", () => {
  const issues = [
    { path: "email", message: "Enter an email address" },
    { path: "", message: "The request could not be read" },
  ];
  expect(explainRefusal({ reason: "INVALID_INPUT", issues }, policy)).toEqual([
    { field: "email", message: { key: "wrong.email" } },
    { message: { key: "wrong.input" } },
  ]);
});

it("names the request when the fault is ours", () => {
  const [problem] = explainRefusal({ reason: "INTERNAL", requestId: "req-7" }, policy);
  expect(problem?.message.values).toEqual({ requestId: "req-7" });
});
