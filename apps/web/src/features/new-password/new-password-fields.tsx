import { useFormContext } from "react-hook-form";
import { PasswordField } from "../../components/password-field.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import type { NewPassword } from "./confirmed.ts";

/** A new password, twice: with no way back, a slip of the finger locks somebody out again. */
export function NewPasswordFields() {
  const { passwordPolicy } = usePageConfig();
  const { trigger, getFieldState, formState } = useFormContext<NewPassword>();

  function recheckConfirmation() {
    const { isTouched, error } = getFieldState("confirmation", formState);
    if (isTouched || error) void trigger("confirmation");
  }

  return (
    <>
      <PasswordField
        name="password"
        label="New password"
        subject="new password"
        autoComplete="new-password"
        hint={passwordHint(passwordPolicy.minLength)}
        onChange={recheckConfirmation}
      />
      <PasswordField
        name="confirmation"
        label="Confirm new password"
        subject="confirmation"
        autoComplete="new-password"
      />
    </>
  );
}

export function passwordHint(minLength: number): string {
  return `At least ${minLength} characters. A few words work well.`;
}
