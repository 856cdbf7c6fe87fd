import { normalizePassword } from "@rekey/contract/password";
import type * as z from "zod/mini";

export interface NewPassword {
  password: string;
  confirmation: string;
}

/** A check for a form's schema: both spellings are the same password, however the keyboard wrote them. */
export const confirmed: z.core.CheckFn<NewPassword> = ({ value, issues }) => {
  const { password, confirmation } = value;
  const message = problem(password, confirmation);
  if (message === null) return;
  issues.push({ code: "custom", input: confirmation, path: ["confirmation"], message });
};

function problem(password: string, confirmation: string): string | null {
  if (confirmation === "") return "Enter the new password again";
  return normalizePassword(password) === normalizePassword(confirmation)
    ? null
    : "The two passwords are not the same";
}
