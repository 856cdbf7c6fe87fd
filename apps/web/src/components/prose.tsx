import type { ReactNode } from "react";
import styles from "./prose.module.css";

/** Paragraphs set to be read. */
export function Prose({ children }: { children: ReactNode }) {
  return <div className={styles.prose}>{children}</div>;
}

/** Buttons one below the other, the likeliest first. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** A quiet line below a form that leads elsewhere. */
export function Aside({ children }: { children: ReactNode }) {
  return <p className={styles.aside}>{children}</p>;
}
