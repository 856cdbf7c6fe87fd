import { CODE_LENGTH, inGroups, parseCode } from "@rekey/contract/code";
import type { InputEvent } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import styles from "./input.module.css";
import { TextField } from "./text-field.tsx";

/** The code of an email, typed or pasted with whatever stands between its digits. */
export function CodeField() {
  const t = useTranslate();
  return (
    <TextField
      name="code"
      label={t("field.code")}
      hint={t("field.codeHint")}
      dir="ltr"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      placeholder={inGroups("0".repeat(CODE_LENGTH))}
      className={styles.code}
      onInput={showGroups}
    />
  );
}

/** Shows a complete code in two groups. An incomplete one is left alone, so that the caret stays where it is. */
function showGroups({ currentTarget }: InputEvent<HTMLInputElement>) {
  const code = parseCode(currentTarget.value);
  if (code !== null) currentTarget.value = inGroups(code);
}
