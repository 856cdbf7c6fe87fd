import styles from "./address.module.css";

/** An email address amid text: it moves to the next line whole before it breaks. */
export function Address({ children }: { children: string }) {
  return <strong className={styles.address}>{children}</strong>;
}
