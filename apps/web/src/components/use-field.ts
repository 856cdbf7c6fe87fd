import { useFormContext } from "react-hook-form";
import { policyValues } from "../lib/field-message.ts";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import type { MessageKey, Values } from "../lib/i18n/message.ts";
import { usePageConfig } from "../lib/page-config.ts";

/** What a field of the surrounding form needs: its registration and what is wrong with it. */
export function useField(name: string, onChange?: () => void) {
  const t = useTranslate();
  const { passwordPolicy } = usePageConfig();
  const { register, getFieldState, formState } = useFormContext();
  const { error } = getFieldState(name, formState);
  return {
    // A form has one field of a name and a page one form, so the name serves as the id.
    input: { id: name, ...register(name, onChange && { onChange }) },
    error:
      error?.message &&
      t(error.message as MessageKey, {
        ...policyValues(passwordPolicy),
        ...(error.types as Values),
      }),
  };
}
