import { normalizePassword } from "@rekey/contract/password";
import type * as z from "zod/mini";

export interface NewPassword {
  password: string;
  confirmation: string;
}

/** A check for a form's schema: both spellings are the same password, however the keyboard wrote them. */
export const confirmed: z.core.CheckFn<NewPassword> = ({ value, issues }) => {
  const { password, confirmation } = value;
  if (confirmation !== "" && normalizePassword(password) === normalizePassword(confirmation))
    return;
  issues.push({ code: "custom", input: confirmation, path: ["confirmation"] });
};
