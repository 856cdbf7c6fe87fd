import type { ReactNode } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import styles from "./field-frame.module.css";
import { WarningIcon } from "./icons.tsx";

interface FieldFrameProps {
  id: string;
  label: string;
  /** Beside the label; takes no room of its own, so it may come and go. */
  aside?: ReactNode;
  hint?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}

/**
 * A label above, a control, and below it one line for the hint or the error. The line is always
 * there: an error that appears when a field loses focus must not move the button being pressed.
 */
export function FieldFrame({ id, label, aside, hint, error, children }: FieldFrameProps) {
  const t = useTranslate();
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {aside}
      </div>
      {children}
      <div className={styles.note}>
        {error ? (
          <p id={`${id}-note`} className={styles.error}>
            <WarningIcon className={styles.icon} />
            <span>
              <span className="visually-hidden">{t("common.error")} </span>
              {error}
            </span>
          </p>
        ) : (
          hint && (
            <p id={`${id}-note`} className={styles.hint}>
              {hint}
            </p>
          )
        )}
      </div>
    </div>
  );
}

/** What a control inside a frame needs to belong to it. */
export function frameProps(id: string, hint?: string, error?: string) {
  return {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || hint ? `${id}-note` : undefined,
  };
}
