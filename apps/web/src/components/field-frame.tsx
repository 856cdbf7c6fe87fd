import type { ReactNode } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { classes } from "./classes.ts";
import styles from "./field-frame.module.css";
import { WarningIcon } from "./icons.tsx";

interface FieldFrameProps {
  id: string;
  label: string;
  /** Beside the label; takes no room of its own, so it may come and go. */
  aside?: ReactNode;
  /** Seen on the row of the label, and reached after the control. */
  link?: ReactNode;
  hint?: string | undefined;
  /** Right under the control. */
  meter?: ReactNode;
  error?: string | undefined;
  /** On what stands in the field, said politely whenever it changes; null: none yet. */
  advice?: ReactNode;
  children: ReactNode;
}

/** A label above, a control, and below it the hint, the advice or the error, which takes the room it needs. */
export function FieldFrame({
  id,
  label,
  aside,
  link,
  hint,
  meter,
  error,
  advice,
  children,
}: FieldFrameProps) {
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
      {link && <div className={styles.link}>{link}</div>}
      {meter}
      <div className={styles.note}>
        {error ? (
          <p id={`${id}-note`} className={styles.error}>
            <WarningIcon className={styles.icon} />
            <span>
              <span className="visually-hidden">{t("common.error")} </span>
              <span>{error}</span>
            </span>
          </p>
        ) : (
          hint && (
            // Under advice it keeps its room, and its place in the field's description.
            <p
              id={`${id}-note`}
              className={classes(styles.hint, Boolean(advice) && styles.covered)}
            >
              {hint}
            </p>
          )
        )}
        {advice !== undefined && (
          // Under an error it stays: taken away and put back, it would be announced again.
          <p id={`${id}-advice`} role="status" className={error ? "visually-hidden" : styles.hint}>
            {advice}
          </p>
        )}
      </div>
    </div>
  );
}

/** What a control inside a frame needs to belong to it. */
export function frameProps(id: string, hint?: string, error?: string, advice?: ReactNode) {
  const described = [(error || hint) && `${id}-note`, advice && `${id}-advice`].filter(Boolean);
  return {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described.join(" ") || undefined,
  };
}
