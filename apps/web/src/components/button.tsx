import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router-dom";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import styles from "./button.module.css";
import { classes } from "./classes.ts";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: Variant;
  /** A call is on its way: the button keeps its place and its focus, and does nothing. */
  busy?: boolean;
  /** Cannot be used now, and says so without leaving the tab order. */
  unavailable?: boolean;
}

export function Button({
  variant = "primary",
  busy = false,
  unavailable = false,
  type = "submit",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const t = useTranslate();
  const inert = busy || unavailable;
  return (
    <>
      <button
        {...rest}
        type={type}
        className={classes(styles.button, styles[variant], busy && styles.busy, className)}
        aria-disabled={inert || undefined}
        onClick={(event) => (inert ? event.preventDefault() : onClick?.(event))}
      >
        <span className={styles.label}>{children}</span>
        {busy && <Spinner className={styles.spinner} />}
      </button>
      <span role="status" className="visually-hidden">
        {busy && t("common.wait")}
      </span>
    </>
  );
}

/** A way to another page that looks like a button. */
export function ButtonLink({
  variant = "primary",
  className,
  ...rest
}: LinkProps & { variant?: Variant }) {
  return <Link {...rest} className={classes(styles.button, styles[variant], className)} />;
}
