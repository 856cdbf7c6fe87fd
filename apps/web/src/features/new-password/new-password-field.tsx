import { useFormContext } from "react-hook-form";
import { PasswordField } from "../../components/password-field.tsx";
import { policyValues } from "../../lib/field-message.ts";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import { StrengthAdvice } from "../password-strength/strength-advice.tsx";
import { StrengthMeter } from "../password-strength/strength-meter.tsx";
import { useStrength } from "../password-strength/use-strength.ts";
import { passwordRules } from "./password-rules.ts";

interface NewPasswordFieldProps {
  label: string;
  subject?: "password" | "new";
  /** What the person told us of themselves elsewhere than in this form. */
  about?: readonly string[];
  onChange?: () => void;
}

/** A password that is being chosen, with the rule for it and advice on it. */
export function NewPasswordField({ about = [], onChange, ...props }: NewPasswordFieldProps) {
  const t = useTranslate();
  const { passwordPolicy } = usePageConfig();
  const { getValues } = useFormContext<{ password: string; name?: string; email?: string }>();
  const { advice, start, judge } = useStrength();

  function judgeAndTell() {
    const { password, name = "", email = "" } = getValues();
    judge(password, [name, email, ...about]);
    onChange?.();
  }

  return (
    <PasswordField
      {...props}
      name="password"
      autoComplete="new-password"
      passwordRules={passwordRules(passwordPolicy)}
      hint={t("field.passwordHint", policyValues(passwordPolicy))}
      meter={<StrengthMeter level={advice?.level ?? 0} />}
      advice={advice && <StrengthAdvice {...advice} />}
      onFocus={start}
      onChange={judgeAndTell}
    />
  );
}
