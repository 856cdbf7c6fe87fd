import { createInputs } from "@rekey/contract/procedures";
import { expect, it } from "vitest";
import * as z from "zod/mini";
import { confirmed } from "../features/new-password/confirmed.ts";
import { fieldMessage } from "./field-message.ts";

const { signUp, signIn, changePassword } = createInputs({ minLength: 8 });
const choosing = z.extend(changePassword, { confirmation: z.string() }).check(confirmed);

/** What a form over the schema says at a field that holds this value. */
function said(schema: z.core.$ZodType, values: Record<string, string>, field: string) {
  const issue = z.safeParse(schema, values).error?.issues.find(({ path }) => path[0] === field);
  return issue && fieldMessage(field, values[field], issue);
}

const person = { email: "ada@example.com", name: "Ada", password: "long enough" };

it.each([
  ["email", "", "wrong.emailMissing"],
  ["email", "ada@example", "wrong.email"],
  ["name", "  ", "wrong.nameMissing"],
  ["name", "\u200b\u3164", "wrong.nameMissing"],
  ["name", "a".repeat(101), "wrong.nameTooLong"],
  ["name", "a\u202eb", "wrong.name"],
  ["password", "", "wrong.newPasswordMissing"],
  ["password", "short", "wrong.passwordTooShort"],
  ["password", "a".repeat(257), "wrong.passwordTooLong"],
  ["password", " ".repeat(8), "wrong.passwordTooCommon"],
  ["name", "Ada", undefined],
])("on sign-up, %s %j is answered with %s", (field, value, message) => {
  expect(said(signUp, { ...person, [field]: value }, field)).toBe(message);
});

it("asks for the password on sign-in, and says nothing about a short one", () => {
  expect(said(signIn, { ...person, password: "" }, "password")).toBe("wrong.passwordMissing");
  expect(said(signIn, { ...person, password: "x" }, "password")).toBeUndefined();
});

it("tells a confirmation that is missing from one that differs", () => {
  const given = { currentPassword: "", password: "long enough", confirmation: "" };
  expect(said(choosing, given, "currentPassword")).toBe("wrong.passwordMissing");
  const valid = { ...given, currentPassword: "old" };
  expect(said(choosing, valid, "confirmation")).toBe("wrong.confirmationMissing");
  expect(said(choosing, { ...valid, confirmation: "x" }, "confirmation")).toBe(
    "wrong.confirmation",
  );
});
