import styles from "./loading.module.css";
import { Spinner } from "./spinner.tsx";

/** Stands where a page will be. It shows itself only when there is something to wait for. */
export function Loading() {
  return (
    <div role="status" className={styles.loading}>
      <Spinner />
      <span className="visually-hidden">Loading…</span>
    </div>
  );
}
