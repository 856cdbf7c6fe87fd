import type { ReactNode } from "react";
import styles from "./address.module.css";

/**
 * An email address amid text: it moves to the next line whole before it breaks, and is
 * written from left to right whatever surrounds it.
 */
export function Address({ children }: { children: ReactNode }) {
  return (
    <strong dir="ltr" className={styles.address}>
      {children}
    </strong>
  );
}

/** What stands between `<address>` and `</address>` in a message. */
export function address(text: ReactNode): ReactNode {
  return <Address>{text}</Address>;
}
