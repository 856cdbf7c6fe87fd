import { useOnline } from "../lib/use-online.ts";
import styles from "./offline-notice.module.css";

/** Lies over the page's lower edge, so that a connection coming and going moves nothing. */
export function OfflineNotice() {
  const online = useOnline();
  return (
    <div role="status" className={styles.region}>
      {!online && (
        <p className={styles.notice}>
          You are offline. What you typed stays here; send it when you are connected again.
        </p>
      )}
    </div>
  );
}
