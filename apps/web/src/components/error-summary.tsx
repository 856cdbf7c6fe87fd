import { type MouseEvent, useEffect, useId, useRef } from "react";
import { Link } from "react-router-dom";
import type { Problem } from "../lib/explain-refusal.ts";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { classes } from "./classes.ts";
import { WarningIcon } from "./icons.tsx";
import styles from "./notice.module.css";
import { useFailed } from "./page-failed.ts";

interface ErrorSummaryProps {
  problems: Problem[];
  /** The heading if no field is to blame. */
  title?: string | undefined;
}

/**
 * What went wrong, all of it, above the form. Takes the focus whenever there is something new, and
 * as long as it stands the document's title says so too.
 */
export function ErrorSummary({ problems, title }: ErrorSummaryProps) {
  const t = useTranslate();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const failed = problems.length > 0;
  const fields = problems.filter(({ field }) => field !== undefined).length;

  useFailed(failed);

  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);

  if (!failed) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className={classes(styles.notice, styles.danger)}
      aria-labelledby={id}
    >
      <WarningIcon className={styles.icon} />
      <div className={styles.body}>
        <h2 id={id} className={styles.title}>
          {fields > 0 ? t("common.check", { count: fields }) : (title ?? t("common.failed"))}
        </h2>
        <ul className={styles.list}>
          {problems.map((problem) => (
            <li key={`${problem.field} ${problem.message.key}`}>
              <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function ProblemText({ problem: { field, message, link } }: { problem: Problem }) {
  const t = useTranslate();
  const text = t(message.key, message.values);
  if (field) {
    return (
      <a href={`#${field}`} className={styles.fieldLink} onClick={focusField}>
        {text}
      </a>
    );
  }
  return (
    <>
      <span>{text}</span>{" "}
      {link && (
        <Link to={link.to} reloadDocument={link.reloadDocument === true}>
          {t(link.text)}
        </Link>
      )}
    </>
  );
}

/** Goes to the field as the link would, without leaving a mark in the address. */
function focusField(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}
