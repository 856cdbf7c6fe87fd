import type { ReactNode } from "react";
import styles from "./entries.module.css";

/** A list of things that happened or are, the newest first. */
export function Entries({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}

interface EntryProps {
  title: string;
  /** What is so of this one only. */
  mark?: string | undefined;
  /** When and where, in a quiet line. */
  details: ReactNode;
  action?: ReactNode;
}

export function Entry({ title, mark, details, action }: EntryProps) {
  return (
    <li className={styles.entry}>
      <div className={styles.text}>
        <p>
          <strong>{title}</strong> {mark && <span className={styles.mark}>{mark}</span>}
        </p>
        <p className={styles.details}>{details}</p>
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </li>
  );
}
