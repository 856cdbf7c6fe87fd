import { defaultPasswordPolicy } from "@rekey/contract/password";
import { expect, it } from "vitest";
import { explainRefusal } from "./explain-refusal.ts";

const policy = defaultPasswordPolicy;

it("puts a refused password at its field, in the words the form itself uses", () => {
  expect(explainRefusal({ reason: "PASSWORD_TOO_SHORT" }, { minLength: 12 })).toEqual([
    { field: "password", message: "Use at least 12 characters" },
  ]);
});

it("says the same of an unknown address and a wrong password", () => {
  expect(explainRefusal({ reason: "INVALID_CREDENTIALS" }, policy)).toEqual([
    { message: "The email address or the password is not right" },
  ]);
});

it("says in words when to try again", () => {
  expect(explainRefusal({ reason: "RATE_LIMITED", retryAfter: 754 }, policy)).toEqual([
    { message: "Too many tries. Try again in 13 minutes." },
  ]);
});

it("sends each invalid input to its field, and the rest to the top", () => {
  const issues = [
    { path: "email", message: "Enter an email address" },
    { path: "", message: "The request could not be read" },
  ];
  expect(explainRefusal({ reason: "INVALID_INPUT", issues }, policy)).toEqual([
    { field: "email", message: "Enter an email address" },
    { message: "The request could not be read" },
  ]);
});

it("names the request when the fault is ours", () => {
  const [problem] = explainRefusal({ reason: "INTERNAL", requestId: "req-7" }, policy);
  expect(problem?.message).toContain("req-7");
});
