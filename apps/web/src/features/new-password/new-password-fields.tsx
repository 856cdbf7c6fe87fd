import { useFormContext } from "react-hook-form";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import type { NewPassword } from "./confirmed.ts";
import { NewPasswordField } from "./new-password-field.tsx";
import { passwordRules } from "./password-rules.ts";

/** A new password, twice: with no way back, a slip of the finger locks somebody out again. */
export function NewPasswordFields({ about }: { about: readonly string[] }) {
  const t = useTranslate();
  const { passwordPolicy } = usePageConfig();
  const { trigger, getFieldState, formState } = useFormContext<NewPassword>();

  function recheckConfirmation() {
    const { isTouched, error } = getFieldState("confirmation", formState);
    if (isTouched || error) void trigger("confirmation");
  }

  return (
    <>
      <NewPasswordField
        label={t("field.newPassword")}
        subject="new"
        about={about}
        onChange={recheckConfirmation}
      />
      <PasswordField
        name="confirmation"
        label={t("field.confirmation")}
        subject="confirmation"
        autoComplete="new-password"
        passwordRules={passwordRules(passwordPolicy)}
      />
    </>
  );
}
