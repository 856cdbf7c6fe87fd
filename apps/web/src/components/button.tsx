import type { ComponentProps, ReactNode } from "react";
import { Link, type LinkProps } from "react-router-dom";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import type { MessageKey } from "../lib/i18n/message.ts";
import type { Busy } from "../lib/use-call.ts";
import { LONG, useLasting } from "../lib/use-lasting.ts";
import styles from "./button.module.css";
import { classes } from "./classes.ts";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary" | "danger";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: Variant;
  /** The button keeps its place and its focus, does nothing, and says what is going on. */
  busy?: Busy;
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
  const inert = busy !== false || unavailable;
  const long = useLasting(busy === true, LONG);
  const news = newsOf(busy, long);
  return (
    <>
      <button
        {...rest}
        type={type}
        className={classes(
          styles.button,
          styles[variant],
          busy !== false && styles.busy,
          className,
        )}
        aria-disabled={inert || undefined}
        // Sending a form keeps the focus in its field until the click: an error that appears on leaving
        // a field would move the button away from under the pointer.
        onMouseDown={(event) => type === "submit" && event.preventDefault()}
        onClick={(event) => (inert ? event.preventDefault() : onClick?.(event))}
      >
        <span className={styles.label}>{children}</span>
        {busy !== false && <Spinner className={styles.spinner} />}
      </button>
      <span role="status" className={long || busy === "waiting" ? styles.news : "visually-hidden"}>
        {news && t(news)}
      </span>
    </>
  );
}

function newsOf(busy: Busy, long: boolean): MessageKey | null {
  if (busy === "waiting") return "common.waiting";
  if (busy) return long ? "common.slow" : "common.wait";
  return null;
}

/** A way out of these pages, in a tab of its own, so that nothing that stands here is lost. */
export function ExternalButtonLink({
  variant = "primary",
  children,
  href,
}: {
  variant?: Variant;
  children: ReactNode;
  href: string;
}) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={classes(styles.button, styles[variant])}
    >
      {children}
    </a>
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
