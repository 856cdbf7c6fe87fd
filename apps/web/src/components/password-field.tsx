import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { FieldFrame, frameProps } from "./field-frame.tsx";
import styles from "./input.module.css";
import { useField } from "./use-field.ts";

interface PasswordFieldProps {
  name: string;
  label: string;
  /** What the toggle shows or hides, as in "Show new password". */
  subject?: "password" | "current" | "new" | "confirmation";
  autoComplete: "current-password" | "new-password";
  /** What a password manager may make (Apple's Password Rules). */
  passwordRules?: string;
  hint?: string;
  /** On the row of the label. */
  link?: ReactNode;
  /** Between the field and its advice. */
  meter?: ReactNode;
  advice?: ReactNode;
  /** For a field that appears when somebody asks for it. */
  takesFocus?: boolean;
  onChange?: () => void;
  onFocus?: () => void;
}

declare module "react" {
  interface InputHTMLAttributes<T> {
    passwordrules?: string | undefined;
  }
}

/** A password that may be looked at while it is typed, and is hidden again when it is sent. */
export function PasswordField({
  name,
  label,
  subject = "password",
  autoComplete,
  passwordRules,
  hint,
  link,
  meter,
  advice,
  takesFocus = false,
  onChange,
  onFocus,
}: PasswordFieldProps) {
  const t = useTranslate();
  const { input, error } = useField(name, onChange);
  const toggle = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  useEffect(() => {
    if (takesFocus) document.getElementById(name)?.focus();
  }, [takesFocus, name]);

  useEffect(() => {
    const form = toggle.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);

  function watchCapsLock(event: KeyboardEvent) {
    setCapsLock(event.getModifierState("CapsLock"));
  }

  return (
    <FieldFrame
      id={name}
      label={label}
      hint={hint}
      error={error}
      meter={meter}
      advice={advice}
      link={link}
      aside={
        <span role="status" className={styles.capsLock}>
          {capsLock && t("field.capsLock")}
        </span>
      }
    >
      <div className={styles.withToggle}>
        <input
          {...input}
          {...frameProps(name, hint, error, advice)}
          type={shown ? "text" : "password"}
          className={styles.input}
          autoComplete={autoComplete}
          passwordrules={passwordRules}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onFocus={onFocus}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
        />
        <button
          ref={toggle}
          type="button"
          className={styles.toggle}
          aria-controls={name}
          aria-label={t(shown ? "field.hidePassword" : "field.showPassword", { subject })}
          // Keeps the field's focus, and with it the keyboard of a phone.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? "field.hide" : "field.show")}
        </button>
      </div>
      <span role="status" className="visually-hidden">
        {shown && t("field.passwordShown", { subject })}
      </span>
    </FieldFrame>
  );
}
