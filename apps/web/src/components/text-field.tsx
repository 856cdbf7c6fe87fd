import type { ComponentProps } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { classes } from "./classes.ts";
import { FieldFrame, frameProps } from "./field-frame.tsx";
import styles from "./input.module.css";
import { useField } from "./use-field.ts";

interface TextFieldProps extends ComponentProps<"input"> {
  name: string;
  label: string;
  hint?: string;
}

export function TextField({ name, label, hint, className, ...rest }: TextFieldProps) {
  const { input, error } = useField(name);
  return (
    <FieldFrame id={name} label={label} hint={hint} error={error}>
      <input
        {...rest}
        {...input}
        {...frameProps(name, hint, error)}
        className={classes(styles.input, className)}
      />
    </FieldFrame>
  );
}

/** An email address, typed on the right keyboard and left as it was typed. */
export function EmailField({ hint }: { hint?: string }) {
  const t = useTranslate();
  return (
    <TextField
      name="email"
      label={t("field.email")}
      {...(hint && { hint })}
      type="email"
      dir="ltr"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  );
}
